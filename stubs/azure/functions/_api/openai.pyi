"""openai."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output, Since
from azure.functions._api.removed import NoModelOnSkills, NowChatModel, NowEmbeddingsModel, NowSearchConnectionName, NowStoreConnectionName
from azure.functions._api.values import ArgName, Text, SettingName, Json, TableConnection, DataTypeName, EmbeddingsInput
from azure.functions.decorators.openai import OpenAIModels

F = TypeVar("F", bound=Callable[..., Any])

class OpenAITriggers:
    def assistant_skill_trigger(
        self,
        arg_name: ArgName,
        function_description: Text,
        function_name: Text | None = None,
        parameter_description_json: Json | None = None,
        data_type: DataTypeName | None = None,
        *,
        model: NoModelOnSkills = ...,
    ) -> Annotated[Callable[[F], F], Trigger("assistantSkillTrigger", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-assistant-trigger")]:
        """TODO."""

class OpenAIBindings:
    def text_completion_input(
        self,
        arg_name: ArgName,
        prompt: Text,
        ai_connection_name: Annotated[SettingName | None, Since("1.24.0")] = "",
        chat_model: Annotated[OpenAIModels | str, Since("1.24.0")] = OpenAIModels.DefaultChatModel,
        temperature: Text | None = "0.5",
        top_p: Text | None = None,
        max_tokens: Text | None = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        model: NowChatModel = ...,
    ) -> Annotated[Callable[[F], F], Input("textCompletion", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-textcompletion-input")]:
        """TODO."""

    def assistant_create_output(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("assistantCreate", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-assistantcreate-output")]:
        """TODO."""

    def assistant_query_input(
        self,
        arg_name: ArgName,
        id: Text,
        timestamp_utc: Text,
        chat_storage_connection_setting: Annotated[TableConnection | None, Since("1.22.1")] = "AzureWebJobsStorage",
        collection_name: Annotated[Text | None, Since("1.22.1")] = "ChatState",
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("assistantQuery", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-assistantquery-input")]:
        """TODO."""

    def assistant_post_input(
        self,
        arg_name: ArgName,
        id: Text,
        user_message: Text,
        ai_connection_name: Annotated[SettingName | None, Since("1.24.0")] = "",
        chat_model: Annotated[OpenAIModels | str, Since("1.24.0")] = OpenAIModels.DefaultChatModel,
        chat_storage_connection_setting: Annotated[TableConnection | None, Since("1.22.1")] = "AzureWebJobsStorage",
        collection_name: Annotated[Text | None, Since("1.22.1")] = "ChatState",
        temperature: Annotated[Text | None, Since("1.24.0")] = "0.5",
        top_p: Annotated[Text | None, Since("1.24.0")] = None,
        max_tokens: Annotated[Text | None, Since("1.24.0")] = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        model: NowChatModel = ...,
    ) -> Annotated[Callable[[F], F], Input("assistantPost", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-assistantpost-input")]:
        """TODO."""

    def embeddings_input(
        self,
        arg_name: ArgName,
        input: Text,
        input_type: EmbeddingsInput,
        ai_connection_name: Annotated[SettingName | None, Since("1.24.0")] = "",
        embeddings_model: Annotated[OpenAIModels | str, Since("1.24.0")] = OpenAIModels.DefaultEmbeddingsModel,
        max_chunk_length: int | None = 8192,
        max_overlap: int | None = 128,
        data_type: DataTypeName | None = None,
        *,
        model: NowEmbeddingsModel = ...,
    ) -> Annotated[Callable[[F], F], Input("embeddings", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-embeddings-input")]:
        """TODO."""

    def semantic_search_input(
        self,
        arg_name: ArgName,
        search_connection_name: Annotated[SettingName, Since("1.24.0")],
        collection: Text,
        query: Text | None = None,
        ai_connection_name: Annotated[SettingName | None, Since("1.24.0")] = "",
        embeddings_model: OpenAIModels | str = OpenAIModels.DefaultEmbeddingsModel,
        chat_model: OpenAIModels | str = OpenAIModels.DefaultChatModel,
        system_prompt: Text | None = ...,
        max_knowledge_count: int | None = 1,
        temperature: Annotated[Text | None, Since("1.24.0")] = "0.5",
        top_p: Annotated[Text | None, Since("1.24.0")] = None,
        max_tokens: Annotated[Text | None, Since("1.24.0")] = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        connection_name: NowSearchConnectionName = ...,
    ) -> Annotated[Callable[[F], F], Input("semanticSearch", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-semanticsearch-input")]:
        """TODO."""

    def embeddings_store_output(
        self,
        arg_name: ArgName,
        input: Text,
        input_type: EmbeddingsInput,
        store_connection_name: Annotated[SettingName, Since("1.24.0")],
        collection: Text,
        ai_connection_name: Annotated[SettingName | None, Since("1.24.0")] = "",
        embeddings_model: Annotated[OpenAIModels | str, Since("1.24.0")] = OpenAIModels.DefaultEmbeddingsModel,
        max_chunk_length: int | None = 8192,
        max_overlap: int | None = 128,
        data_type: DataTypeName | None = None,
        *,
        model: NowEmbeddingsModel = ...,
        connection_name: NowStoreConnectionName = ...,
    ) -> Annotated[Callable[[F], F], Output("embeddingsStore", takes=(str, bytes), since="1.20.0", bundle="preview", see="functions-bindings-openai-embeddingsstore-output")]:
        """TODO."""
