from _typeshed import Incomplete
from azure.functions.decorators.constants import (
    ASSISTANT_CREATE as ASSISTANT_CREATE,
    ASSISTANT_POST as ASSISTANT_POST,
    ASSISTANT_QUERY as ASSISTANT_QUERY,
    ASSISTANT_SKILL_TRIGGER as ASSISTANT_SKILL_TRIGGER,
    EMBEDDINGS as EMBEDDINGS,
    EMBEDDINGS_STORE as EMBEDDINGS_STORE,
    SEMANTIC_SEARCH as SEMANTIC_SEARCH,
    TEXT_COMPLETION as TEXT_COMPLETION,
)
from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)
from azure.functions.decorators.utils import StringifyEnum as StringifyEnum

class InputType(StringifyEnum):
    RawText = ("raw_text",)
    FilePath = "file_path"

class OpenAIModels(StringifyEnum):
    DefaultChatModel = "gpt-3.5-turbo"
    DefaultEmbeddingsModel = "text-embedding-ada-002"

class _AssistantSkillTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    function_description: Incomplete
    function_name: Incomplete
    parameter_description_json: Incomplete
    def __init__(
        self,
        name: str,
        function_description: str,
        function_name: str | None = None,
        parameter_description_json: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class _TextCompletionInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    prompt: Incomplete
    ai_connection_name: Incomplete
    chat_model: Incomplete
    temperature: Incomplete
    top_p: Incomplete
    max_tokens: Incomplete
    is_reasoning_model: Incomplete
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
        **kwargs,
    ) -> None: ...

class _AssistantQueryInput(InputBinding):
    @staticmethod
    def get_binding_name(): ...
    id: Incomplete
    timestamp_utc: Incomplete
    chat_storage_connection_setting: Incomplete
    collection_name: Incomplete
    def __init__(
        self,
        name: str,
        id: str,
        timestamp_utc: str,
        chat_storage_connection_setting: str | None = "AzureWebJobsStorage",
        collection_name: str | None = "ChatState",
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class _EmbeddingsInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: Incomplete
    input: Incomplete
    input_type: Incomplete
    ai_connection_name: Incomplete
    embeddings_model: Incomplete
    max_chunk_length: Incomplete
    max_overlap: Incomplete
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
        **kwargs,
    ) -> None: ...

semantic_search_system_prompt: str

class _SemanticSearchInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: Incomplete
    search_connection_name: Incomplete
    collection: Incomplete
    query: Incomplete
    ai_connection_name: Incomplete
    embeddings_model: Incomplete
    chat_model: Incomplete
    system_prompt: Incomplete
    max_knowledge_count: Incomplete
    temperature: Incomplete
    top_p: Incomplete
    max_tokens: Incomplete
    is_reasoning_model: Incomplete
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
        **kwargs,
    ) -> None: ...

class _AssistantPostInput(InputBinding):
    @staticmethod
    def get_binding_name(): ...
    name: Incomplete
    id: Incomplete
    user_message: Incomplete
    ai_connection_name: Incomplete
    chat_model: Incomplete
    chat_storage_connection_setting: Incomplete
    collection_name: Incomplete
    temperature: Incomplete
    top_p: Incomplete
    max_tokens: Incomplete
    is_reasoning_model: Incomplete
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
        **kwargs,
    ) -> None: ...

class _EmbeddingsStoreOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    name: Incomplete
    input: Incomplete
    input_type: Incomplete
    store_connection_name: Incomplete
    collection: Incomplete
    ai_connection_name: Incomplete
    embeddings_model: Incomplete
    max_chunk_length: Incomplete
    max_overlap: Incomplete
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
        **kwargs,
    ) -> None: ...

class _AssistantCreateOutput(OutputBinding):
    @staticmethod
    def get_binding_name(): ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs) -> None: ...
