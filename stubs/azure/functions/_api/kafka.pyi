"""Kafka, Confluent Cloud and Event Hubs over Kafka."""

from collections.abc import Callable
from typing import Annotated, Any, List, TypeVar, overload

from azure.functions._api.markers import Output, Since, Trigger
from azure.functions._api.parameters import TakesKafkaEvent, TakesList
from azure.functions._api.values import (
    ArgName,
    AuthenticationModeName,
    BearerMethodName,
    BrokerList,
    DataTypeName,
    Entity,
    Json,
    JsonOrSetting,
    KeyTypeName,
    Many,
    One,
    ProtocolName,
    SettingText,
    WatchedEntity,
)
from azure.functions.decorators.kafka import KafkaMessageKeyType
from azure.functions.kafka import KafkaEvent

_F = TypeVar("_F", bound=Callable[..., Any])

class KafkaTriggers:
    @overload
    def kafka_trigger(
        self,
        arg_name: ArgName,
        topic: WatchedEntity,
        broker_list: BrokerList,
        event_hub_connection_string: SettingText | None = None,
        consumer_group: SettingText | None = None,
        avro_schema: Json | None = None,
        key_avro_schema: Annotated[Json | None, Since("1.25.0", "2.1.0")] = None,
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")] = KafkaMessageKeyType.STRING,
        username: SettingText | None = None,
        password: SettingText | None = None,
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
        cardinality: One = "One",
        lag_threshold: int = 1000,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[TakesKafkaEvent], TakesKafkaEvent],
        Trigger(
            "kafkaTrigger",
            takes=(KafkaEvent, List[KafkaEvent], str, bytes),
            since="1.21.0",
            see="functions-bindings-kafka-trigger",
        ),
    ]:
        """Run for the messages of a Kafka topic.

        The parameter receives a `func.KafkaEvent`, with `cardinality="MANY"` a `typing.List[func.KafkaEvent]`.

        Args:
            arg_name: Name of the function's parameter for the message, or the list of messages.
            topic: Topic, or the name of an app setting that holds it. `%SETTING%` is resolved.
            broker_list: Addresses of the brokers as `host:port,host:port`, or the name of an app setting that holds
                them. `%SETTING%` is resolved.
            event_hub_connection_string: For an event hub read over Kafka: the name of the app setting with its
                connection string. `%SETTING%` is resolved.
            consumer_group: Consumer group. Default: the broker's choice for a client without a group. `%SETTING%` is
                resolved.
            avro_schema: Avro schema of the values, as JSON.
            key_avro_schema: Avro schema of the keys, as JSON. Since 1.25.0 and 2.1.0.
            key_data_type: Type of the message keys: `INT`, `LONG`, `STRING` or `BINARY`, in any case. Default
                `STRING`. Since 1.25.0 and 2.1.0.
            username: User name of the SASL log-in, or the name of an app setting that holds it. `%SETTING%` is
                resolved.
            password: Password of the SASL log-in: the name of an app setting that holds it. `%SETTING%` is resolved.
            ssl_key_location: Path of the client's private key (PEM) for SSL. `%SETTING%` is resolved.
            ssl_ca_location: Path of the CA certificate that signed the broker's certificate. `%SETTING%` is resolved.
            ssl_certificate_location: Path of the client's certificate. `%SETTING%` is resolved.
            ssl_key_password: Password of the client's private key, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            ssl_certificate_pem: The client's certificate as PEM text, or the name of an app setting that holds it.
                `%SETTING%` is resolved. Since 1.25.0 and 2.1.0.
            ssl_key_pem: The client's private key as PEM text: the name of an app setting that holds it. `%SETTING%`
                is resolved. Since 1.25.0 and 2.1.0.
            ssl_ca_pem: The CA certificate as PEM text, or the name of an app setting that holds it. `%SETTING%` is
                resolved. Since 1.25.0 and 2.1.0.
            ssl_certificate_and_key_pem: The client's certificate and private key in one PEM text: the name of an app
                setting that holds it. `%SETTING%` is resolved. Since 1.25.0 and 2.1.0.
            schema_registry_url: Address of the Avro schema registry, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            schema_registry_username: User name for the schema registry, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            schema_registry_password: Password for the schema registry: the name of an app setting that holds it.
                `%SETTING%` is resolved.
            o_auth_bearer_method: `DEFAULT` or `OIDC`, for `authentication_mode` OAUTHBEARER.
            o_auth_bearer_client_id: Client id for OIDC, or the name of an app setting that holds it. `%SETTING%` is
                resolved.
            o_auth_bearer_client_secret: Client secret for OIDC: the name of an app setting that holds it. `%SETTING%`
                is resolved.
            o_auth_bearer_scope: Scope to ask for in OIDC. `%SETTING%` is resolved.
            o_auth_bearer_token_endpoint_url: Address of the token endpoint for OIDC. `%SETTING%` is resolved.
            o_auth_bearer_extensions: Further `key=value` pairs of the OIDC token request, comma separated.
                `%SETTING%` is resolved.
            authentication_mode: SASL mechanism: `NOTSET`, `GSSAPI`, `PLAIN`, `SCRAMSHA256` or `SCRAMSHA512`, in any
                case. Default `NotSet`.
            protocol: Protocol to the broker: `NOTSET`, `PLAINTEXT`, `SSL`, `SASLPLAINTEXT` or `SASLSSL`, in any case.
                Default `NotSet`: plaintext.
            cardinality: `ONE`: one call per message, the default. `MANY`: one call per batch, and the parameter is a
                list.
            lag_threshold: Unread messages per instance above which the platform adds instances. Default 1000.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.kafka_trigger(arg_name="event", topic="orders", broker_list="KAFKA_BROKERS", consumer_group="billing")
            def on_order_event(event: func.KafkaEvent) -> None:
                print(event.get_body().decode())

        Binding type `kafkaTrigger`; azure-functions since 1.21.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-trigger
        """
    @overload
    def kafka_trigger(
        self,
        arg_name: ArgName,
        topic: WatchedEntity,
        broker_list: BrokerList,
        event_hub_connection_string: SettingText | None = None,
        consumer_group: SettingText | None = None,
        avro_schema: Json | None = None,
        key_avro_schema: Annotated[Json | None, Since("1.25.0", "2.1.0")] = None,
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")] = KafkaMessageKeyType.STRING,
        username: SettingText | None = None,
        password: SettingText | None = None,
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
        *,
        cardinality: Many,
        lag_threshold: int = 1000,
        data_type: DataTypeName | None = None,
    ) -> Callable[[TakesList], TakesList]: ...
    @overload
    def kafka_trigger(
        self,
        arg_name: ArgName,
        topic: WatchedEntity,
        broker_list: BrokerList,
        event_hub_connection_string: SettingText | None,
        consumer_group: SettingText | None,
        avro_schema: Json | None,
        key_avro_schema: Annotated[Json | None, Since("1.25.0", "2.1.0")],
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")],
        username: SettingText | None,
        password: SettingText | None,
        ssl_key_location: SettingText | None,
        ssl_ca_location: SettingText | None,
        ssl_certificate_location: SettingText | None,
        ssl_key_password: SettingText | None,
        ssl_certificate_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")],
        ssl_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")],
        ssl_ca_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")],
        ssl_certificate_and_key_pem: Annotated[SettingText | None, Since("1.25.0", "2.1.0")],
        schema_registry_url: SettingText | None,
        schema_registry_username: SettingText | None,
        schema_registry_password: SettingText | None,
        o_auth_bearer_method: BearerMethodName | None,
        o_auth_bearer_client_id: SettingText | None,
        o_auth_bearer_client_secret: SettingText | None,
        o_auth_bearer_scope: SettingText | None,
        o_auth_bearer_token_endpoint_url: SettingText | None,
        o_auth_bearer_extensions: SettingText | None,
        authentication_mode: AuthenticationModeName,
        protocol: ProtocolName,
        cardinality: Many,
        lag_threshold: int = 1000,
        data_type: DataTypeName | None = None,
    ) -> Callable[[TakesList], TakesList]: ...

class KafkaBindings:
    def kafka_output(
        self,
        arg_name: ArgName,
        topic: Entity,
        broker_list: BrokerList,
        avro_schema: JsonOrSetting | None = None,
        key_avro_schema: Annotated[JsonOrSetting | None, Since("1.25.0", "2.1.0")] = None,
        key_data_type: Annotated[KeyTypeName, Since("1.25.0", "2.1.0")] = KafkaMessageKeyType.STRING,
        username: SettingText | None = None,
        password: SettingText | None = None,
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
    ) -> Annotated[
        Callable[[_F], _F],
        Output("kafka", takes=(str, bytes, List[str]), since="1.21.0", see="functions-bindings-kafka-output"),
    ]:
        """Send messages to a Kafka topic.

        The parameter must be annotated, `func.Out[str]` or `func.Out[bytes]`: without annotation the library cannot
        encode the value. Text is the value alone, or a JSON object with `Offset`, `Partition`, `Topic`, `Timestamp`,
        `Value`, `Headers`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            topic: Topic. `%SETTING%` and `{expression}` are resolved.
            broker_list: Addresses of the brokers as `host:port,host:port`, or the name of an app setting that holds
                them. `%SETTING%` is resolved.
            avro_schema: Avro schema of the values, as JSON, or the name of an app setting that holds it. `%SETTING%`
                is resolved.
            key_avro_schema: Avro schema of the keys, as JSON, or the name of an app setting that holds it.
                `%SETTING%` is resolved. Since 1.25.0 and 2.1.0.
            key_data_type: Type of the message keys: `INT`, `LONG`, `STRING` or `BINARY`, in any case. Default
                `STRING`. Since 1.25.0 and 2.1.0.
            username: User name of the SASL log-in, or the name of an app setting that holds it. `%SETTING%` is
                resolved.
            password: Password of the SASL log-in: the name of an app setting that holds it. `%SETTING%` is resolved.
            ssl_key_location: Path of the client's private key (PEM) for SSL. `%SETTING%` is resolved.
            ssl_ca_location: Path of the CA certificate that signed the broker's certificate. `%SETTING%` is resolved.
            ssl_certificate_location: Path of the client's certificate. `%SETTING%` is resolved.
            ssl_key_password: Password of the client's private key, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            ssl_certificate_pem: The client's certificate as PEM text, or the name of an app setting that holds it.
                `%SETTING%` is resolved. Since 1.25.0 and 2.1.0.
            ssl_key_pem: The client's private key as PEM text: the name of an app setting that holds it. `%SETTING%`
                is resolved. Since 1.25.0 and 2.1.0.
            ssl_ca_pem: The CA certificate as PEM text, or the name of an app setting that holds it. `%SETTING%` is
                resolved. Since 1.25.0 and 2.1.0.
            ssl_certificate_and_key_pem: The client's certificate and private key in one PEM text: the name of an app
                setting that holds it. `%SETTING%` is resolved. Since 1.25.0 and 2.1.0.
            schema_registry_url: Address of the Avro schema registry, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            schema_registry_username: User name for the schema registry, or the name of an app setting that holds it.
                `%SETTING%` is resolved.
            schema_registry_password: Password for the schema registry: the name of an app setting that holds it.
                `%SETTING%` is resolved.
            o_auth_bearer_method: `DEFAULT` or `OIDC`, for `authentication_mode` OAUTHBEARER.
            o_auth_bearer_client_id: Client id for OIDC, or the name of an app setting that holds it. `%SETTING%` is
                resolved.
            o_auth_bearer_client_secret: Client secret for OIDC: the name of an app setting that holds it. `%SETTING%`
                is resolved.
            o_auth_bearer_scope: Scope to ask for in OIDC. `%SETTING%` is resolved.
            o_auth_bearer_token_endpoint_url: Address of the token endpoint for OIDC. `%SETTING%` is resolved.
            o_auth_bearer_extensions: Further `key=value` pairs of the OIDC token request, comma separated.
                `%SETTING%` is resolved.
            max_message_bytes: Largest message to send, in bytes. Default 1000000.
            batch_size: Most messages per batch. Default 10000.
            enable_idempotence: Whether each message arrives exactly once and in order. Default False.
            message_timeout_ms: Milliseconds to keep trying to deliver a message. Default 300000.
            request_timeout_ms: Milliseconds to wait for the broker's acknowledgement. Default 5000.
            max_retries: Most attempts to send a message. Default 2147483647.
            authentication_mode: SASL mechanism: `NOTSET`, `GSSAPI`, `PLAIN`, `SCRAMSHA256` or `SCRAMSHA512`, in any
                case. Default `NotSet`.
            protocol: Protocol to the broker: `NOTSET`, `PLAINTEXT`, `SSL`, `SASLPLAINTEXT` or `SASLSSL`, in any case.
                Default `NotSet`: plaintext.
            linger_ms: Milliseconds to wait for more messages before a batch is sent. Default 5.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="order-event")
            @app.kafka_output(arg_name="event", topic="orders", broker_list="KAFKA_BROKERS")
            def order_event(req: func.HttpRequest, event: func.Out[str]) -> str:
                event.set(req.get_body().decode())
                return "sent"

        Binding type `kafka`; azure-functions since 1.21.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-output
        """
