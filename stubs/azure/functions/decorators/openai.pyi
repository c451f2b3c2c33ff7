"""The classes behind the decorators: OpenAI bindings and their enums."""

from typing import Any

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding, Trigger
from azure.functions.decorators.utils import StringifyEnum

class InputType(StringifyEnum):
    """What the input of an embeddings binding is."""

    RawText = ("raw_text",)
    FilePath = "file_path"

class OpenAIModels(StringifyEnum):
    """Models that are used where none is named."""

    DefaultChatModel = "gpt-3.5-turbo"
    DefaultEmbeddingsModel = "text-embedding-ada-002"

class _AssistantSkillTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    function_description: str
    function_name: str | None
    parameter_description_json: str | None

    def __init__(
        self,
        name: str,
        function_description: str,
        function_name: str | None = None,
        parameter_description_json: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _TextCompletionInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    prompt: str
    ai_connection_name: str | None
    chat_model: str | OpenAIModels | None
    temperature: str | None
    top_p: str | None
    max_tokens: str | None
    is_reasoning_model: bool | None

    def __init__(
        self,
        name: str,
        prompt: str,
        ai_connection_name: str | None = "",
        chat_model: str | OpenAIModels | None = ...,
        temperature: str | None = "0.5",
        top_p: str | None = None,
        max_tokens: str | None = "100",
        is_reasoning_model: bool | None = False,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _AssistantQueryInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    id: str
    timestamp_utc: str
    chat_storage_connection_setting: str | None
    collection_name: str | None

    def __init__(
        self,
        name: str,
        id: str,
        timestamp_utc: str,
        chat_storage_connection_setting: str | None = "AzureWebJobsStorage",
        collection_name: str | None = "ChatState",
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _EmbeddingsInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: str
    input: str
    input_type: InputType
    ai_connection_name: str | None
    embeddings_model: str | OpenAIModels | None
    max_chunk_length: int | None
    max_overlap: int | None

    def __init__(
        self,
        name: str,
        input: str,
        input_type: InputType,
        ai_connection_name: str | None = "",
        embeddings_model: str | OpenAIModels | None = ...,
        max_chunk_length: int | None = ...,
        max_overlap: int | None = 128,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

semantic_search_system_prompt: str

class _SemanticSearchInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: str
    search_connection_name: str
    collection: str
    query: str | None
    ai_connection_name: str | None
    embeddings_model: str | OpenAIModels | None
    chat_model: str | OpenAIModels | None
    system_prompt: str | None
    max_knowledge_count: int | None
    temperature: str | None
    top_p: str | None
    max_tokens: str | None
    is_reasoning_model: bool | None

    def __init__(
        self,
        name: str,
        search_connection_name: str,
        collection: str,
        query: str | None = None,
        ai_connection_name: str | None = "",
        embeddings_model: str | OpenAIModels | None = ...,
        chat_model: str | OpenAIModels | None = ...,
        system_prompt: str | None = ...,
        max_knowledge_count: int | None = 1,
        temperature: str | None = "0.5",
        top_p: str | None = None,
        max_tokens: str | None = "100",
        is_reasoning_model: bool | None = False,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _AssistantPostInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: str
    id: str
    user_message: str
    ai_connection_name: str | None
    chat_model: str | OpenAIModels | None
    chat_storage_connection_setting: str | None
    collection_name: str | None
    temperature: str | None
    top_p: str | None
    max_tokens: str | None
    is_reasoning_model: bool | None

    def __init__(
        self,
        name: str,
        id: str,
        user_message: str,
        ai_connection_name: str | None = "",
        chat_model: str | OpenAIModels | None = ...,
        chat_storage_connection_setting: str | None = "AzureWebJobsStorage",
        collection_name: str | None = "ChatState",
        temperature: str | None = "0.5",
        top_p: str | None = None,
        max_tokens: str | None = "100",
        is_reasoning_model: bool | None = False,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _EmbeddingsStoreOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: str
    input: str
    input_type: InputType
    store_connection_name: str
    collection: str
    ai_connection_name: str | None
    embeddings_model: str | OpenAIModels | None
    max_chunk_length: int | None
    max_overlap: int | None

    def __init__(
        self,
        name: str,
        input: str,
        input_type: InputType,
        store_connection_name: str,
        collection: str,
        ai_connection_name: str | None = "",
        embeddings_model: str | OpenAIModels | None = ...,
        max_chunk_length: int | None = ...,
        max_overlap: int | None = 128,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _AssistantCreateOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...
