"""The classes behind the decorators: Dapr bindings."""

from typing import Any

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding, Trigger

class DaprServiceInvocationTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    method_name: str

    def __init__(self, name: str, method_name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...

class DaprBindingTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    binding_name: str

    def __init__(self, name: str, binding_name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...

class DaprTopicTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    pub_sub_name: str
    topic: str
    route: str | None

    def __init__(
        self,
        name: str,
        pub_sub_name: str,
        topic: str,
        route: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprStateInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    state_store: str
    key: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        state_store: str,
        key: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprSecretInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    secret_store_name: str
    key: str
    metadata: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        secret_store_name: str,
        key: str,
        metadata: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprStateOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    state_store: str
    key: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        state_store: str,
        key: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprInvokeOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    app_id: str
    method_name: str
    http_verb: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        app_id: str,
        method_name: str,
        http_verb: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprPublishOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    pub_sub_name: str
    topic: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        pub_sub_name: str,
        topic: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class DaprBindingOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    binding_name: str
    operation: str
    dapr_address: str | None

    def __init__(
        self,
        name: str,
        binding_name: str,
        operation: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
