"""The classes behind the decorators: Kafka bindings and their enums."""

from typing import Any

from azure.functions.decorators.core import Cardinality, DataType, OutputBinding, Trigger
from azure.functions.decorators.utils import StringifyEnum

class BrokerAuthenticationMode(StringifyEnum):
    """SASL mechanisms."""

    NOTSET = -1
    GSSAPI = 0
    PLAIN = 1
    SCRAMSHA256 = 2
    SCRAMSHA512 = 3

class BrokerProtocol(StringifyEnum):
    """Protocols to a broker."""

    NOTSET = -1
    PLAINTEXT = 0
    SSL = 1
    SASLPLAINTEXT = 2
    SASLSSL = 3

class OAuthBearerMethod(StringifyEnum):
    """Ways to get an OAuth token."""

    DEFAULT = (0,)
    OIDC = 1

class KafkaMessageKeyType(StringifyEnum):
    """Types of a message's key."""

    INT = 0
    LONG = 1
    STRING = 2
    BINARY = 3

class KafkaOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    topic: str
    broker_list: str
    avro_schema: str | None
    key_avro_schema: str | None
    key_data_type: KafkaMessageKeyType | None
    username: str | None
    password: str | None
    ssl_key_location: str | None
    ssl_ca_location: str | None
    ssl_certificate_location: str | None
    ssl_key_password: str | None
    ssl_certificate_pem: str | None
    ssl_key_pem: str | None
    ssl_ca_pem: str | None
    ssl_certificate_and_key_pem: str | None
    schema_registry_url: str | None
    schema_registry_username: str | None
    schema_registry_password: str | None
    o_auth_bearer_method: OAuthBearerMethod | None
    o_auth_bearer_client_id: str | None
    o_auth_bearer_client_secret: str | None
    o_auth_bearer_scope: str | None
    o_auth_bearer_token_endpoint_url: str | None
    o_auth_bearer_extensions: str | None
    max_message_bytes: int
    batch_size: int
    enable_idempotence: bool
    message_timeout_ms: int
    request_timeout_ms: int
    max_retries: int
    authentication_mode: BrokerAuthenticationMode | None
    protocol: BrokerProtocol | None
    linger_ms: int

    def __init__(
        self,
        name: str,
        topic: str,
        broker_list: str,
        avro_schema: str | None,
        key_avro_schema: str | None = None,
        key_data_type: KafkaMessageKeyType | None = ...,
        username: str | None = None,
        password: str | None = None,
        ssl_key_location: str | None = None,
        ssl_ca_location: str | None = None,
        ssl_certificate_location: str | None = None,
        ssl_key_password: str | None = None,
        ssl_certificate_pem: str | None = None,
        ssl_key_pem: str | None = None,
        ssl_ca_pem: str | None = None,
        ssl_certificate_and_key_pem: str | None = None,
        schema_registry_url: str | None = None,
        schema_registry_username: str | None = None,
        schema_registry_password: str | None = None,
        o_auth_bearer_method: OAuthBearerMethod | None = None,
        o_auth_bearer_client_id: str | None = None,
        o_auth_bearer_client_secret: str | None = None,
        o_auth_bearer_scope: str | None = None,
        o_auth_bearer_token_endpoint_url: str | None = None,
        o_auth_bearer_extensions: str | None = None,
        max_message_bytes: int = 1000000,
        batch_size: int = 10000,
        enable_idempotence: bool = False,
        message_timeout_ms: int = 300000,
        request_timeout_ms: int = 5000,
        max_retries: int = 2147483647,
        authentication_mode: BrokerAuthenticationMode | None = ...,
        protocol: BrokerProtocol | None = ...,
        linger_ms: int = 5,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class KafkaTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    topic: str
    broker_list: str
    event_hub_connection_string: str | None
    consumer_group: str | None
    avro_schema: str | None
    key_avro_schema: str | None
    key_data_type: KafkaMessageKeyType | None
    username: str | None
    password: str | None
    ssl_key_location: str | None
    ssl_ca_location: str | None
    ssl_certificate_location: str | None
    ssl_key_password: str | None
    ssl_certificate_pem: str | None
    ssl_key_pem: str | None
    ssl_ca_pem: str | None
    ssl_certificate_and_key_pem: str | None
    schema_registry_url: str | None
    schema_registry_username: str | None
    schema_registry_password: str | None
    o_auth_bearer_method: OAuthBearerMethod | None
    o_auth_bearer_client_id: str | None
    o_auth_bearer_client_secret: str | None
    o_auth_bearer_scope: str | None
    o_auth_bearer_token_endpoint_url: str | None
    o_auth_bearer_extensions: str | None
    authentication_mode: BrokerAuthenticationMode | None
    protocol: BrokerProtocol | None
    cardinality: Cardinality | None
    lag_threshold: int

    def __init__(
        self,
        name: str,
        topic: str,
        broker_list: str,
        event_hub_connection_string: str | None = None,
        consumer_group: str | None = None,
        avro_schema: str | None = None,
        key_avro_schema: str | None = None,
        key_data_type: KafkaMessageKeyType | None = ...,
        username: str | None = None,
        password: str | None = None,
        ssl_key_location: str | None = None,
        ssl_ca_location: str | None = None,
        ssl_certificate_location: str | None = None,
        ssl_key_password: str | None = None,
        ssl_certificate_pem: str | None = None,
        ssl_key_pem: str | None = None,
        ssl_ca_pem: str | None = None,
        ssl_certificate_and_key_pem: str | None = None,
        schema_registry_url: str | None = None,
        schema_registry_username: str | None = None,
        schema_registry_password: str | None = None,
        o_auth_bearer_method: OAuthBearerMethod | None = None,
        o_auth_bearer_client_id: str | None = None,
        o_auth_bearer_client_secret: str | None = None,
        o_auth_bearer_scope: str | None = None,
        o_auth_bearer_token_endpoint_url: str | None = None,
        o_auth_bearer_extensions: str | None = None,
        authentication_mode: BrokerAuthenticationMode | None = ...,
        protocol: BrokerProtocol | None = ...,
        cardinality: Cardinality | None = ...,
        lag_threshold: int = 1000,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
