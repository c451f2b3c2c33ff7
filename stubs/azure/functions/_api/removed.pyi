"""What once existed and raises today: using one of these names or parameters is an error for a type checker too.

The error comes from a type that nothing has, and whose name says what to write instead: that of `self` for a method, that of the
parameter for a parameter. A method does not return Never: mypy would take what follows for unreachable and say nothing about it.
"""

# A type of `self` that the class is not: that is the point.
# mypy: disable-error-code="misc"
# pyright: reportGeneralTypeIssues=false

from collections.abc import Callable
from typing import Annotated, Any, Generic, Literal, TypeVar

from azure.functions._api.markers import Removed
from typing_extensions import Never, TypeAlias, deprecated

_T = TypeVar("_T")

class RenamedTo(Generic[_T]):
    """The type of a name that is gone, with the name that replaces it. Nothing has it."""

    def __init__(self: Never) -> None: ...

class Dropped:
    """The type of a parameter that is gone without replacement. Nothing has it."""

    def __init__(self: Never) -> None: ...

NowConnection: TypeAlias = Annotated[RenamedTo[Literal["connection"]], Removed("1.14.0", use=("connection",))]
NowContainerName: TypeAlias = Annotated[
    RenamedTo[Literal["container_name"]], Removed("1.14.0", use=("container_name",))
]
NowContainerThroughput: TypeAlias = Annotated[
    RenamedTo[Literal["container_throughput"]], Removed("1.14.0", use=("container_throughput",))
]
NowLeaseConnection: TypeAlias = Annotated[
    RenamedTo[Literal["lease_connection"]], Removed("1.14.0", use=("lease_connection",))
]
NowLeaseContainerName: TypeAlias = Annotated[
    RenamedTo[Literal["lease_container_name"]], Removed("1.14.0", use=("lease_container_name",))
]
NowLeaseContainerPrefix: TypeAlias = Annotated[
    RenamedTo[Literal["lease_container_prefix"]], Removed("1.14.0", use=("lease_container_prefix",))
]
NowLeasesContainerThroughput: TypeAlias = Annotated[
    RenamedTo[Literal["leases_container_throughput"]], Removed("1.14.0", use=("leases_container_throughput",))
]
NowCreateLeaseContainerIfNotExists: TypeAlias = Annotated[
    RenamedTo[Literal["create_lease_container_if_not_exists"]],
    Removed("1.14.0", use=("create_lease_container_if_not_exists",)),
]
NoLongerInVersion4: TypeAlias = Annotated[
    Dropped, Removed("1.14.0", note="Version 4 of the extension has no such option.")
]
NoDataTypeOnRoutes: TypeAlias = Annotated[Dropped, Removed("1.11.0", note="The annotation of the parameter decides.")]
NowChatModel: TypeAlias = Annotated[RenamedTo[Literal["chat_model"]], Removed("1.24.0", use=("chat_model",))]
NowEmbeddingsModel: TypeAlias = Annotated[
    RenamedTo[Literal["embeddings_model"]], Removed("1.24.0", use=("embeddings_model",))
]
NowSearchConnectionName: TypeAlias = Annotated[
    RenamedTo[Literal["search_connection_name"]], Removed("1.24.0", use=("search_connection_name",))
]
NowStoreConnectionName: TypeAlias = Annotated[
    RenamedTo[Literal["store_connection_name"]], Removed("1.24.0", use=("store_connection_name",))
]
NoModelOnSkills: TypeAlias = Annotated[Dropped, Removed("1.24.0", note="The assistant's own model answers.")]
NowHttpAuthLevel: TypeAlias = Annotated[
    RenamedTo[Literal["http_auth_level"]], Removed("1.11.0", use=("http_auth_level",))
]
NowWsgiFunctionApp: TypeAlias = Annotated[
    RenamedTo[Literal["WsgiFunctionApp"]], Removed("1.12.0", note="Use WsgiFunctionApp(app=...).")
]
NowAsgiFunctionApp: TypeAlias = Annotated[
    RenamedTo[Literal["AsgiFunctionApp"]], Removed("1.12.0", note="Use AsgiFunctionApp(app=...).")
]
NoAppKeywords: TypeAlias = Annotated[Dropped, Removed("1.11.0")]

_F = TypeVar("_F", bound=Callable[..., Any])

class RemovedTriggers:
    """The triggers of the alpha, gone since the summer of 2022."""

    @deprecated("Removed in azure-functions 1.11.0: use blob_trigger.")
    def on_blob_change(
        self: RenamedTo[Literal["blob_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("blob_trigger",))]:
        """Use `blob_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use cosmos_db_trigger or cosmos_db_trigger_v3.")
    def on_cosmos_db_update(
        self: RenamedTo[Literal["cosmos_db_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("cosmos_db_trigger", "cosmos_db_trigger_v3"))]:
        """Use `cosmos_db_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use event_hub_message_trigger.")
    def on_event_hub_message(
        self: RenamedTo[Literal["event_hub_message_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("event_hub_message_trigger",))]:
        """Use `event_hub_message_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use queue_trigger.")
    def on_queue_change(
        self: RenamedTo[Literal["queue_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("queue_trigger",))]:
        """Use `queue_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use service_bus_queue_trigger.")
    def on_service_bus_queue_change(
        self: RenamedTo[Literal["service_bus_queue_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("service_bus_queue_trigger",))]:
        """Use `service_bus_queue_trigger`."""

    @deprecated("Removed in azure-functions 1.11.0: use service_bus_topic_trigger.")
    def on_service_bus_topic_change(
        self: RenamedTo[Literal["service_bus_topic_trigger"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.11.0", use=("service_bus_topic_trigger",))]:
        """Use `service_bus_topic_trigger`."""

class RemovedBindings:
    """The bindings of the alpha, gone since the summer of 2022."""

    @deprecated("Removed in azure-functions 1.12.0: use blob_input.")
    def read_blob(
        self: RenamedTo[Literal["blob_input"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("blob_input",))]:
        """Use `blob_input`."""

    @deprecated("Removed in azure-functions 1.12.0: use blob_output.")
    def write_blob(
        self: RenamedTo[Literal["blob_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("blob_output",))]:
        """Use `blob_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use cosmos_db_input or cosmos_db_input_v3.")
    def read_cosmos_db_documents(
        self: RenamedTo[Literal["cosmos_db_input"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("cosmos_db_input", "cosmos_db_input_v3"))]:
        """Use `cosmos_db_input`."""

    @deprecated("Removed in azure-functions 1.12.0: use cosmos_db_output or cosmos_db_output_v3.")
    def write_cosmos_db_documents(
        self: RenamedTo[Literal["cosmos_db_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("cosmos_db_output", "cosmos_db_output_v3"))]:
        """Use `cosmos_db_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use event_grid_output.")
    def write_event_grid(
        self: RenamedTo[Literal["event_grid_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("event_grid_output",))]:
        """Use `event_grid_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use event_hub_output.")
    def write_event_hub_message(
        self: RenamedTo[Literal["event_hub_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("event_hub_output",))]:
        """Use `event_hub_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use queue_output.")
    def write_queue(
        self: RenamedTo[Literal["queue_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("queue_output",))]:
        """Use `queue_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use service_bus_queue_output.")
    def write_service_bus_queue(
        self: RenamedTo[Literal["service_bus_queue_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("service_bus_queue_output",))]:
        """Use `service_bus_queue_output`."""

    @deprecated("Removed in azure-functions 1.12.0: use service_bus_topic_output.")
    def write_service_bus_topic(
        self: RenamedTo[Literal["service_bus_topic_output"]], *args: Any, **kwargs: Any
    ) -> Annotated[Callable[[_F], _F], Removed("1.12.0", use=("service_bus_topic_output",))]:
        """Use `service_bus_topic_output`."""
