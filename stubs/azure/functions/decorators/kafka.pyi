from .utils import StringifyEnum as StringifyEnum
from _typeshed import Incomplete
from azure.functions.decorators.constants import KAFKA as KAFKA, KAFKA_TRIGGER as KAFKA_TRIGGER
from azure.functions.decorators.core import (
    Cardinality as Cardinality,
    DataType as DataType,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class BrokerAuthenticationMode(StringifyEnum):
    NOTSET = -1
    GSSAPI = 0
    PLAIN = 1
    SCRAMSHA256 = 2
    SCRAMSHA512 = 3

class BrokerProtocol(StringifyEnum):
    NOTSET = -1
    PLAINTEXT = 0
    SSL = 1
    SASLPLAINTEXT = 2
    SASLSSL = 3

class OAuthBearerMethod(StringifyEnum):
    DEFAULT = (0,)
    OIDC = 1

class KafkaMessageKeyType(StringifyEnum):
    INT = 0
    LONG = 1
    STRING = 2
    BINARY = 3

class KafkaOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    topic: Incomplete
    broker_list: Incomplete
    avro_schema: Incomplete
    key_avro_schema: Incomplete
    key_data_type: Incomplete
    username: Incomplete
    password: Incomplete
    ssl_key_location: Incomplete
    ssl_ca_location: Incomplete
    ssl_certificate_location: Incomplete
    ssl_key_password: Incomplete
    ssl_certificate_pem: Incomplete
    ssl_key_pem: Incomplete
    ssl_ca_pem: Incomplete
    ssl_certificate_and_key_pem: Incomplete
    schema_registry_url: Incomplete
    schema_registry_username: Incomplete
    schema_registry_password: Incomplete
    o_auth_bearer_method: Incomplete
    o_auth_bearer_client_id: Incomplete
    o_auth_bearer_client_secret: Incomplete
    o_auth_bearer_scope: Incomplete
    o_auth_bearer_token_endpoint_url: Incomplete
    o_auth_bearer_extensions: Incomplete
    max_message_bytes: Incomplete
    batch_size: Incomplete
    enable_idempotence: Incomplete
    message_timeout_ms: Incomplete
    request_timeout_ms: Incomplete
    max_retries: Incomplete
    authentication_mode: Incomplete
    protocol: Incomplete
    linger_ms: Incomplete
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
        **kwargs,
    ) -> None: ...

class KafkaTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    topic: Incomplete
    broker_list: Incomplete
    event_hub_connection_string: Incomplete
    consumer_group: Incomplete
    avro_schema: Incomplete
    key_avro_schema: Incomplete
    key_data_type: Incomplete
    username: Incomplete
    password: Incomplete
    ssl_key_location: Incomplete
    ssl_ca_location: Incomplete
    ssl_certificate_location: Incomplete
    ssl_key_password: Incomplete
    ssl_certificate_pem: Incomplete
    ssl_key_pem: Incomplete
    ssl_ca_pem: Incomplete
    ssl_certificate_and_key_pem: Incomplete
    schema_registry_url: Incomplete
    schema_registry_username: Incomplete
    schema_registry_password: Incomplete
    o_auth_bearer_method: Incomplete
    o_auth_bearer_client_id: Incomplete
    o_auth_bearer_client_secret: Incomplete
    o_auth_bearer_scope: Incomplete
    o_auth_bearer_token_endpoint_url: Incomplete
    o_auth_bearer_extensions: Incomplete
    authentication_mode: Incomplete
    protocol: Incomplete
    cardinality: Incomplete
    lag_threshold: Incomplete
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
        **kwargs,
    ) -> None: ...
