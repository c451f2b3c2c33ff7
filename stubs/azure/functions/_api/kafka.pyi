"""kafka."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Output, Since
from azure.functions._api.values import ArgName, SettingText, Json, WatchedEntity, Entity, BrokerList, Secret, DataTypeName, One, CardinalityName, AuthenticationModeName, ProtocolName, KeyTypeName, BearerMethodName
from azure.functions.kafka import KafkaEvent
from azure.functions.decorators.kafka import KafkaMessageKeyType

F = TypeVar("F", bound=Callable[..., Any])

class KafkaTriggers:
    def kafka_trigger(
        self,
        arg_name: ArgName,
        topic: WatchedEntity,
        broker_list: BrokerList,
        event_hub_connection_string: Secret | None = None,
        consumer_group: SettingText | None = None,
        avro_schema: Json | None = None,
        key_avro_schema: Annotated[Json | None, Since("1.25.0", "2.1.0")] = None,
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")] = KafkaMessageKeyType.STRING,
        username: Secret | None = None,
        password: Secret | None = None,
        ssl_key_location: SettingText | None = None,
        ssl_ca_location: SettingText | None = None,
        ssl_certificate_location: SettingText | None = None,
        ssl_key_password: SettingText | None = None,
        ssl_certificate_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_ca_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_certificate_and_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        schema_registry_url: SettingText | None = None,
        schema_registry_username: SettingText | None = None,
        schema_registry_password: SettingText | None = None,
        o_auth_bearer_method: BearerMethodName | None = None,
        o_auth_bearer_client_id: SettingText | None = None,
        o_auth_bearer_client_secret: SettingText | None = None,
        o_auth_bearer_scope: SettingText | None = None,
        o_auth_bearer_token_endpoint_url: SettingText | None = None,
        o_auth_bearer_extensions: SettingText | None = None,
        authentication_mode: AuthenticationModeName = "NotSet",
        protocol: ProtocolName = "NotSet",
        cardinality: CardinalityName = "One",
        lag_threshold: int = 1000,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("kafkaTrigger", takes=(KafkaEvent, List[KafkaEvent], str, bytes), since="1.21.0", see="functions-bindings-kafka-trigger")]:
        """TODO."""

class KafkaBindings:
    def kafka_output(
        self,
        arg_name: ArgName,
        topic: Entity,
        broker_list: BrokerList,
        avro_schema: Json | None = None,
        key_avro_schema: Annotated[Json | None, Since("1.25.0", "2.1.0")] = None,
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")] = KafkaMessageKeyType.STRING,
        username: Secret | None = None,
        password: Secret | None = None,
        ssl_key_location: SettingText | None = None,
        ssl_ca_location: SettingText | None = None,
        ssl_certificate_location: SettingText | None = None,
        ssl_key_password: SettingText | None = None,
        ssl_certificate_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_ca_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        ssl_certificate_and_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")] = None,
        schema_registry_url: SettingText | None = None,
        schema_registry_username: SettingText | None = None,
        schema_registry_password: SettingText | None = None,
        o_auth_bearer_method: BearerMethodName | None = None,
        o_auth_bearer_client_id: SettingText | None = None,
        o_auth_bearer_client_secret: SettingText | None = None,
        o_auth_bearer_scope: SettingText | None = None,
        o_auth_bearer_token_endpoint_url: SettingText | None = None,
        o_auth_bearer_extensions: SettingText | None = None,
        max_message_bytes: int = 1000000,
        batch_size: int = 10000,
        enable_idempotence: bool = False,
        message_timeout_ms: int = 300000,
        request_timeout_ms: int = 5000,
        max_retries: int = 2147483647,
        authentication_mode: AuthenticationModeName = "NOTSET",
        protocol: ProtocolName = "NOTSET",
        linger_ms: int = 5,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("kafka", takes=(str, bytes), since="1.21.0", see="functions-bindings-kafka-output")]:
        """TODO."""
