from _typeshed import Incomplete
from azure.functions.decorators.constants import (
    DAPR_BINDING as DAPR_BINDING,
    DAPR_BINDING_TRIGGER as DAPR_BINDING_TRIGGER,
    DAPR_INVOKE as DAPR_INVOKE,
    DAPR_PUBLISH as DAPR_PUBLISH,
    DAPR_SECRET as DAPR_SECRET,
    DAPR_SERVICE_INVOCATION_TRIGGER as DAPR_SERVICE_INVOCATION_TRIGGER,
    DAPR_STATE as DAPR_STATE,
    DAPR_TOPIC_TRIGGER as DAPR_TOPIC_TRIGGER,
)
from azure.functions.decorators.core import (
    DataType as DataType,
    InputBinding as InputBinding,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class DaprServiceInvocationTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    method_name: Incomplete
    def __init__(self, name: str, method_name: str, data_type: DataType | None = None, **kwargs) -> None: ...

class DaprBindingTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    binding_name: Incomplete
    def __init__(self, name: str, binding_name: str, data_type: DataType | None = None, **kwargs) -> None: ...

class DaprTopicTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    pub_sub_name: Incomplete
    topic: Incomplete
    route: Incomplete
    def __init__(
        self,
        name: str,
        pub_sub_name: str,
        topic: str,
        route: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprStateInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    state_store: Incomplete
    key: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        state_store: str,
        key: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprSecretInput(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    secret_store_name: Incomplete
    key: Incomplete
    metadata: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        secret_store_name: str,
        key: str,
        metadata: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprStateOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    state_store: Incomplete
    key: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        state_store: str,
        key: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprInvokeOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    app_id: Incomplete
    method_name: Incomplete
    http_verb: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        app_id: str,
        method_name: str,
        http_verb: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprPublishOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    pub_sub_name: Incomplete
    topic: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        pub_sub_name: str,
        topic: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

class DaprBindingOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    binding_name: Incomplete
    operation: Incomplete
    dapr_address: Incomplete
    def __init__(
        self,
        name: str,
        binding_name: str,
        operation: str,
        dapr_address: str | None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
