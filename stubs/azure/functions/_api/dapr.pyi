"""dapr."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output
from azure.functions._api.values import ArgName, Text, WatchedEntity, Entity, DataTypeName

F = TypeVar("F", bound=Callable[..., Any])

class DaprTriggers:
    def dapr_service_invocation_trigger(
        self,
        arg_name: ArgName,
        method_name: Text,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("daprServiceInvocationTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-trigger-svc-invoke")]:
        """TODO."""

    def dapr_binding_trigger(
        self,
        arg_name: ArgName,
        binding_name: Text,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("daprBindingTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-trigger")]:
        """TODO."""

    def dapr_topic_trigger(
        self,
        arg_name: ArgName,
        pub_sub_name: Text,
        topic: WatchedEntity,
        route: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("daprTopicTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-trigger-topic")]:
        """TODO."""

class DaprBindings:
    def dapr_state_input(
        self,
        arg_name: ArgName,
        state_store: Text,
        key: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("daprState", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-input-state")]:
        """TODO."""

    def dapr_secret_input(
        self,
        arg_name: ArgName,
        secret_store_name: Text,
        key: Text,
        metadata: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("daprSecret", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-input-secret")]:
        """TODO."""

    def dapr_state_output(
        self,
        arg_name: ArgName,
        state_store: Text,
        key: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("daprState", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-output-state")]:
        """TODO."""

    def dapr_invoke_output(
        self,
        arg_name: ArgName,
        app_id: Text,
        method_name: Text,
        http_verb: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("daprInvoke", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-output-invoke")]:
        """TODO."""

    def dapr_publish_output(
        self,
        arg_name: ArgName,
        pub_sub_name: Text,
        topic: Entity,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("daprPublish", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-output-publish")]:
        """TODO."""

    def dapr_binding_output(
        self,
        arg_name: ArgName,
        binding_name: Text,
        operation: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("daprBinding", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-output")]:
        """TODO."""
