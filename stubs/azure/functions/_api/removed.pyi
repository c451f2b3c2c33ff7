"""What once existed and raises today: using one of these names or parameters is an error for a type checker too.

A method is shown as an error by its `self: Never`; a parameter by its type, whose name says what to write instead. A method
does not return Never: mypy would take what follows for unreachable and say nothing about it.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Removed
from typing_extensions import Never, TypeAlias, deprecated

NowConnection: TypeAlias = Annotated[Never, Removed("1.14.0", use=("connection",))]
NowContainerName: TypeAlias = Annotated[Never, Removed("1.14.0", use=("container_name",))]
NowContainerThroughput: TypeAlias = Annotated[Never, Removed("1.14.0", use=("container_throughput",))]
NowLeaseConnection: TypeAlias = Annotated[Never, Removed("1.14.0", use=("lease_connection",))]
NowLeaseContainerName: TypeAlias = Annotated[Never, Removed("1.14.0", use=("lease_container_name",))]
NowLeaseContainerPrefix: TypeAlias = Annotated[Never, Removed("1.14.0", use=("lease_container_prefix",))]
NowLeasesContainerThroughput: TypeAlias = Annotated[Never, Removed("1.14.0", use=("leases_container_throughput",))]
NowCreateLeaseContainerIfNotExists: TypeAlias = Annotated[
    Never, Removed("1.14.0", use=("create_lease_container_if_not_exists",))
]
NoLongerInVersion4: TypeAlias = Annotated[
    Never, Removed("1.14.0", note="Version 4 of the extension has no such option.")
]
NoDataTypeOnRoutes: TypeAlias = Annotated[Never, Removed("1.11.0", note="The annotation of the parameter decides.")]
NowChatModel: TypeAlias = Annotated[Never, Removed("1.24.0", use=("chat_model",))]
NowEmbeddingsModel: TypeAlias = Annotated[Never, Removed("1.24.0", use=("embeddings_model",))]
NowSearchConnectionName: TypeAlias = Annotated[Never, Removed("1.24.0", use=("search_connection_name",))]
NowStoreConnectionName: TypeAlias = Annotated[Never, Removed("1.24.0", use=("store_connection_name",))]
NoModelOnSkills: TypeAlias = Annotated[Never, Removed("1.24.0", note="The assistant's own model answers.")]
NowHttpAuthLevel: TypeAlias = Annotated[Never, Removed("1.11.0", use=("http_auth_level",))]
NowWsgiFunctionApp: TypeAlias = Annotated[Never, Removed("1.12.0", note="Use WsgiFunctionApp(app=...).")]
NowAsgiFunctionApp: TypeAlias = Annotated[Never, Removed("1.12.0", note="Use AsgiFunctionApp(app=...).")]
NoAppKeywords: TypeAlias = Annotated[Never, Removed("1.11.0")]

_F = TypeVar("_F", bound=Callable[..., Any])

class RemovedTriggers:
    """The triggers of the alpha, gone since the summer of 2022."""

    @deprecated("Removed in azure-functions 1.11.0: use blob_trigger.")
    def on_blob_change(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("blob_trigger",))]:
        """Use `blob_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use cosmos_db_trigger or cosmos_db_trigger_v3.")
    def on_cosmos_db_update(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("cosmos_db_trigger", "cosmos_db_trigger_v3"))]:
        """Use `cosmos_db_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use event_hub_message_trigger.")
    def on_event_hub_message(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("event_hub_message_trigger",))]:
        """Use `event_hub_message_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use queue_trigger.")
    def on_queue_change(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("queue_trigger",))]:
        """Use `queue_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use service_bus_queue_trigger.")
    def on_service_bus_queue_change(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("service_bus_queue_trigger",))]:
        """Use `service_bus_queue_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use service_bus_topic_trigger.")
    def on_service_bus_topic_change(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("service_bus_topic_trigger",))]:
        """Use `service_bus_topic_trigger`."""

class RemovedBindings:
    """The bindings of the alpha, gone since the summer of 2022."""

    @deprecated("Removed in azure-functions 1.12.0: use blob_input.")
    def read_blob(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("blob_input",))]:
        """Use `blob_input`."""

    @deprecated("Removed in azure-functions 1.12.0: use blob_output.")
    def write_blob(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("blob_output",))]:
        """Use `blob_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use cosmos_db_input or cosmos_db_input_v3.")
    def read_cosmos_db_documents(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("cosmos_db_input", "cosmos_db_input_v3"))]:
        """Use `cosmos_db_input`."""

    @deprecated("Removed in azure-functions 1.12.0: use cosmos_db_output or cosmos_db_output_v3.")
    def write_cosmos_db_documents(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("cosmos_db_output", "cosmos_db_output_v3"))]:
        """Use `cosmos_db_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use event_grid_output.")
    def write_event_grid(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("event_grid_output",))]:
        """Use `event_grid_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use event_hub_output.")
    def write_event_hub_message(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("event_hub_output",))]:
        """Use `event_hub_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use queue_output.")
    def write_queue(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("queue_output",))]:
        """Use `queue_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use service_bus_queue_output.")
    def write_service_bus_queue(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("service_bus_queue_output",))]:
        """Use `service_bus_queue_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use service_bus_topic_output.")
    def write_service_bus_topic(  # type: ignore[misc]
        self: Never, *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("service_bus_topic_output",))]:
        """Use `service_bus_topic_output`."""
