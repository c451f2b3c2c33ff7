"""OpenAI."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output, Since, Trigger
from azure.functions._api.removed import (
    NoModelOnSkills,
    NowChatModel,
    NowEmbeddingsModel,
    NowSearchConnectionName,
    NowStoreConnectionName,
)
from azure.functions._api.values import (
    ArgName,
    ChatConnection,
    DataTypeName,
    EmbeddingsInput,
    Json,
    SearchConnection,
    StoreConnection,
    Text,
)
from azure.functions.decorators.openai import OpenAIModels

_F = TypeVar("_F", bound=Callable[..., Any])

class OpenAITriggers:
    def assistant_skill_trigger(
        self,
        arg_name: ArgName,
        function_description: str,
        function_name: str | None = None,
        parameter_description_json: Json | None = None,
        data_type: DataTypeName | None = None,
        *,
        model: NoModelOnSkills = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "assistantSkillTrigger",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-assistant-trigger",
        ),
    ]:
        """Offer the function to an OpenAI assistant as a skill.

        The parameter receives the argument that the assistant chose, as `str`; the return value goes back to it.

        Args:
            arg_name: Name of the function's parameter for the argument.
            function_description: What the skill does, for the assistant.
            function_name: Name of the skill for the assistant. Default: the function's name.
            parameter_description_json: JSON schema of the argument. Default: from the parameter's type.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.assistant_skill_trigger(arg_name="task", function_description="Create a new todo task")
            def add_todo(task: str) -> None:
                print(task)

        Binding type `assistantSkillTrigger`; azure-functions since 1.20.0 and in every 2.x; only in the preview
        extension bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-assistant-trigger
        """

class OpenAIBindings:
    def text_completion_input(
        self,
        arg_name: ArgName,
        prompt: Text,
        ai_connection_name: Annotated[str | None, Since("1.24.0")] = "",
        chat_model: Annotated[OpenAIModels | Text, Since("1.24.0")] = OpenAIModels.DefaultChatModel,
        temperature: Text | None = "0.5",
        top_p: Text | None = None,
        max_tokens: Text | None = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        model: NowChatModel = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "textCompletion",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-textcompletion-input",
        ),
    ]:
        """Ask a chat model and hand its answer to the function.

        The parameter receives the answer as JSON text, with the text in `content`.

        Args:
            arg_name: Name of the function's parameter for the answer.
            prompt: What to ask. `%SETTING%` and `{expression}` are resolved.
            ai_connection_name: Prefix of the settings `PREFIX__endpoint` and `PREFIX__key` of the Azure OpenAI
                service; nothing in it is resolved. Default empty: `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_KEY`, or
                `OPENAI_API_KEY`. Since 1.24.0.
            chat_model: Name of the chat model, or of its deployment in Azure OpenAI. Default `gpt-3.5-turbo`.
                `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            temperature: Randomness of the answer, from "0" to "2". Default "0.5". `%SETTING%` and `{expression}` are
                resolved.
            top_p: Share of the probability mass to sample from, as "0.1"; set this or `temperature`, not both.
                `%SETTING%` and `{expression}` are resolved.
            max_tokens: Most tokens of the answer. Default "100". `%SETTING%` and `{expression}` are resolved.
            is_reasoning_model: Whether the model is a reasoning model, which takes neither `temperature` nor `top_p`.
                Default False. Since 1.24.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="whois/{name}")
            @app.text_completion_input(arg_name="answer", prompt="Who is {name}?", chat_model="%CHAT_MODEL%", max_tokens="200")
            def whois(req: func.HttpRequest, answer: str) -> str:
                return str(json.loads(answer)["content"])

        Binding type `textCompletion`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-textcompletion-input
        """

    def assistant_create_output(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "assistantCreate",
            takes=(str, bytes, bytearray),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-assistantcreate-output",
        ),
    ]:
        """Create an OpenAI assistant.

        The parameter is a `func.Out[str]` that takes JSON text with `id`, `instructions`,
        `chatStorageConnectionSetting` and `collectionName`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="assistants/{id}", methods=["PUT"])
            @app.assistant_create_output(arg_name="assistant")
            def create_assistant(req: func.HttpRequest, assistant: func.Out[str]) -> str:
                assistant.set(json.dumps({"id": req.route_params["id"], "instructions": "Be brief."}))
                return "created"

        Binding type `assistantCreate`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-assistantcreate-output
        """

    def assistant_query_input(
        self,
        arg_name: ArgName,
        id: Text,
        timestamp_utc: Text,
        chat_storage_connection_setting: Annotated[ChatConnection | None, Since("1.22.1")] = "AzureWebJobsStorage",
        collection_name: Annotated[Text | None, Since("1.22.1")] = "ChatState",
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "assistantQuery",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-assistantquery-input",
        ),
    ]:
        """Read the state of an OpenAI assistant.

        The parameter receives the state with its recent messages, as JSON text.

        Args:
            arg_name: Name of the function's parameter for the state.
            id: Id of the assistant. `%SETTING%` and `{expression}` are resolved.
            timestamp_utc: UTC time from which to read messages, as `2024-01-31T12:00:00Z`. `%SETTING%` and
                `{expression}` are resolved.
            chat_storage_connection_setting: Name of the app setting with the connection of the table storage that
                keeps the chats, or an identity-based prefix (`NAME__tableServiceUri`); nothing in it is resolved.
                Default `AzureWebJobsStorage`. Since 1.22.1.
            collection_name: Table that keeps the chats. Default `ChatState`. `%SETTING%` and `{expression}` are
                resolved. Since 1.22.1.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="assistants/{id}/state", methods=["GET"])
            @app.assistant_query_input(arg_name="state", id="{id}", timestamp_utc="{Query.since}")
            def assistant_state(req: func.HttpRequest, state: str) -> str:
                return state

        Binding type `assistantQuery`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-assistantquery-input
        """

    def assistant_post_input(
        self,
        arg_name: ArgName,
        id: Text,
        user_message: Text,
        ai_connection_name: Annotated[str | None, Since("1.24.0")] = "",
        chat_model: Annotated[OpenAIModels | Text, Since("1.24.0")] = OpenAIModels.DefaultChatModel,
        chat_storage_connection_setting: Annotated[ChatConnection | None, Since("1.22.1")] = "AzureWebJobsStorage",
        collection_name: Annotated[Text | None, Since("1.22.1")] = "ChatState",
        temperature: Annotated[Text | None, Since("1.24.0")] = "0.5",
        top_p: Annotated[Text | None, Since("1.24.0")] = None,
        max_tokens: Annotated[Text | None, Since("1.24.0")] = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        model: NowChatModel = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "assistantPost",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-assistantpost-input",
        ),
    ]:
        """Send a message to an OpenAI assistant and hand its answer to the function.

        The parameter receives the assistant's state with the answer, as JSON text.

        Args:
            arg_name: Name of the function's parameter for the state.
            id: Id of the assistant. `%SETTING%` and `{expression}` are resolved.
            user_message: What the user says. `%SETTING%` and `{expression}` are resolved.
            ai_connection_name: Prefix of the settings `PREFIX__endpoint` and `PREFIX__key` of the Azure OpenAI
                service; nothing in it is resolved. Default empty: `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_KEY`, or
                `OPENAI_API_KEY`. Since 1.24.0.
            chat_model: Name of the chat model, or of its deployment in Azure OpenAI. Default `gpt-3.5-turbo`.
                `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            chat_storage_connection_setting: Name of the app setting with the connection of the table storage that
                keeps the chats, or an identity-based prefix (`NAME__tableServiceUri`); nothing in it is resolved.
                Default `AzureWebJobsStorage`. Since 1.22.1.
            collection_name: Table that keeps the chats. Default `ChatState`. `%SETTING%` and `{expression}` are
                resolved. Since 1.22.1.
            temperature: Randomness of the answer, from "0" to "2". Default "0.5". `%SETTING%` and `{expression}` are
                resolved. Since 1.24.0.
            top_p: Share of the probability mass to sample from, as "0.1"; set this or `temperature`, not both.
                `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            max_tokens: Most tokens of the answer. Default "100". `%SETTING%` and `{expression}` are resolved. Since
                1.24.0.
            is_reasoning_model: Whether the model is a reasoning model, which takes neither `temperature` nor `top_p`.
                Default False. Since 1.24.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="assistants/{id}", methods=["POST"])
            @app.assistant_post_input(arg_name="state", id="{id}", user_message="{Query.message}", chat_model="%CHAT_MODEL%")
            def ask_assistant(req: func.HttpRequest, state: str) -> str:
                return str(json.loads(state)["recentMessages"][-1]["content"])

        Binding type `assistantPost`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-assistantpost-input
        """

    def embeddings_input(
        self,
        arg_name: ArgName,
        input: Text,
        input_type: EmbeddingsInput,
        ai_connection_name: Annotated[str | None, Since("1.24.0")] = "",
        embeddings_model: Annotated[OpenAIModels | Text, Since("1.24.0")] = OpenAIModels.DefaultEmbeddingsModel,
        max_chunk_length: int | None = 8192,
        max_overlap: int | None = 128,
        data_type: DataTypeName | None = None,
        *,
        model: NowEmbeddingsModel = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "embeddings",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-embeddings-input",
        ),
    ]:
        """Compute embeddings of a text or file before the function starts.

        The parameter receives the request and the response of the model, as JSON text.

        Args:
            arg_name: Name of the function's parameter for the embeddings.
            input: Text, or the path or address of a file, as `input_type` says. `%SETTING%` and `{expression}` are
                resolved.
            input_type: `InputType.RawText` or `InputType.FilePath`, from `azure.functions.decorators.openai`; its
                name as text is refused.
            ai_connection_name: Prefix of the settings `PREFIX__endpoint` and `PREFIX__key` of the Azure OpenAI
                service; nothing in it is resolved. Default empty: `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_KEY`, or
                `OPENAI_API_KEY`. Since 1.24.0.
            embeddings_model: Name of the embeddings model, or of its deployment in Azure OpenAI. Default
                `text-embedding-ada-002`. `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            max_chunk_length: Most characters per chunk of the input. Default 8192.
            max_overlap: Characters that neighbouring chunks share. Default 128.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="embed", methods=["POST"])
            @app.embeddings_input(arg_name="embeddings", input="{text}", input_type=InputType.RawText,
                                  embeddings_model="%EMBEDDINGS%")
            def embed(req: func.HttpRequest, embeddings: str) -> str:
                return embeddings

        Binding type `embeddings`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-embeddings-input
        """

    def semantic_search_input(
        self,
        arg_name: ArgName,
        search_connection_name: Annotated[SearchConnection, Since("1.24.0")],
        collection: Text,
        query: Text | None = None,
        ai_connection_name: Annotated[str | None, Since("1.24.0")] = "",
        embeddings_model: OpenAIModels | Text = OpenAIModels.DefaultEmbeddingsModel,
        chat_model: OpenAIModels | Text = OpenAIModels.DefaultChatModel,
        system_prompt: Text | None = ...,
        max_knowledge_count: int | None = 1,
        temperature: Annotated[Text | None, Since("1.24.0")] = "0.5",
        top_p: Annotated[Text | None, Since("1.24.0")] = None,
        max_tokens: Annotated[Text | None, Since("1.24.0")] = "100",
        is_reasoning_model: Annotated[bool | None, Since("1.24.0")] = False,
        data_type: DataTypeName | None = None,
        *,
        connection_name: NowSearchConnectionName = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(
            "semanticSearch",
            takes=(str, bytes),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-semanticsearch-input",
        ),
    ]:
        """Search a collection of embeddings, ask a chat model about what is found, and hand its answer to the function.

        The parameter receives the answer as JSON text, with the text in `Response`.

        Args:
            arg_name: Name of the function's parameter for the answer.
            search_connection_name: Name of the app setting, or prefix of the settings, with the connection of the
                search service. `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            collection: Collection, table or index to search. `%SETTING%` and `{expression}` are resolved.
            query: What to search for. `%SETTING%` and `{expression}` are resolved.
            ai_connection_name: Prefix of the settings `PREFIX__endpoint` and `PREFIX__key` of the Azure OpenAI
                service; nothing in it is resolved. Default empty: `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_KEY`, or
                `OPENAI_API_KEY`. Since 1.24.0.
            embeddings_model: Name of the embeddings model, or of its deployment in Azure OpenAI. Default
                `text-embedding-ada-002`. `%SETTING%` and `{expression}` are resolved.
            chat_model: Name of the chat model, or of its deployment in Azure OpenAI. Default `gpt-3.5-turbo`.
                `%SETTING%` and `{expression}` are resolved.
            system_prompt: Instructions for the chat model; what is found is appended. Default: answer from the
                documents only. `%SETTING%` and `{expression}` are resolved.
            max_knowledge_count: Most documents to hand to the model. Default 1.
            temperature: Randomness of the answer, from "0" to "2". Default "0.5". `%SETTING%` and `{expression}` are
                resolved. Since 1.24.0.
            top_p: Share of the probability mass to sample from, as "0.1"; set this or `temperature`, not both.
                `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            max_tokens: Most tokens of the answer. Default "100". `%SETTING%` and `{expression}` are resolved. Since
                1.24.0.
            is_reasoning_model: Whether the model is a reasoning model, which takes neither `temperature` nor `top_p`.
                Default False. Since 1.24.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="ask", methods=["POST"])
            @app.semantic_search_input(arg_name="result", search_connection_name="SEARCH", collection="docs", query="{prompt}")
            def ask(req: func.HttpRequest, result: str) -> str:
                return result

        Binding type `semanticSearch`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-semanticsearch-input
        """

    def embeddings_store_output(
        self,
        arg_name: ArgName,
        input: Text,
        input_type: EmbeddingsInput,
        store_connection_name: Annotated[StoreConnection, Since("1.24.0")],
        collection: str,
        ai_connection_name: Annotated[str | None, Since("1.24.0")] = "",
        embeddings_model: Annotated[OpenAIModels | Text, Since("1.24.0")] = OpenAIModels.DefaultEmbeddingsModel,
        max_chunk_length: int | None = 8192,
        max_overlap: int | None = 128,
        data_type: DataTypeName | None = None,
        *,
        model: NowEmbeddingsModel = ...,
        connection_name: NowStoreConnectionName = ...,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "embeddingsStore",
            takes=(str, bytes, bytearray),
            since="1.20.0",
            bundle="preview",
            see="functions-bindings-openai-embeddingsstore-output",
        ),
    ]:
        """Compute embeddings of a text or file and store them in a collection.

        The parameter is a `func.Out[str]` that takes JSON text with the `title` to store them under.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            input: Text, or the path or address of a file, as `input_type` says. `%SETTING%` and `{expression}` are
                resolved.
            input_type: `InputType.RawText` or `InputType.FilePath`, from `azure.functions.decorators.openai`; its
                name as text is refused.
            store_connection_name: Name of the app setting, or prefix of the settings, with the connection of the
                search service; nothing in it is resolved. Since 1.24.0.
            collection: Collection, table or index to write to; nothing in it is resolved.
            ai_connection_name: Prefix of the settings `PREFIX__endpoint` and `PREFIX__key` of the Azure OpenAI
                service; nothing in it is resolved. Default empty: `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_KEY`, or
                `OPENAI_API_KEY`. Since 1.24.0.
            embeddings_model: Name of the embeddings model, or of its deployment in Azure OpenAI. Default
                `text-embedding-ada-002`. `%SETTING%` and `{expression}` are resolved. Since 1.24.0.
            max_chunk_length: Most characters per chunk of the input. Default 8192.
            max_overlap: Characters that neighbouring chunks share. Default 128.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="ingest", methods=["POST"])
            @app.embeddings_store_output(arg_name="store", input="{url}", input_type=InputType.FilePath,
                                         store_connection_name="SEARCH", collection="docs")
            def ingest(req: func.HttpRequest, store: func.Out[str]) -> str:
                store.set(json.dumps({"title": req.get_json()["url"]}))
                return "stored"

        Binding type `embeddingsStore`; azure-functions since 1.20.0 and in every 2.x; only in the preview extension
        bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-openai-embeddingsstore-output
        """
