"""What a Kafka binding says, as librdkafka wants it.

Facts: azure-functions-kafka-extension, `KafkaListener`, `KafkaProducerFactory`, `KafkaOptions` and
`ConfigurationExtensions`: a property is the name of a setting, or else the value itself.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.host.connections import local_servers
from pystein_runtime.host.settings import get
from pystein_runtime.kafka import broker
from pystein_runtime.kafka.library import KafkaError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.kafka.avro import Codec

DEFAULT_GROUP = "$Default"
_EVENT_HUBS = ".servicebus.windows.net"
_MECHANISMS = {
    "gssapi": "GSSAPI", "plain": "PLAIN", "scramsha256": "SCRAM-SHA-256", "scramsha512": "SCRAM-SHA-512",
    "oauthbearer": "OAUTHBEARER",
}  # fmt: skip
_PROTOCOLS = {"plaintext": "plaintext", "ssl": "ssl", "saslplaintext": "sasl_plaintext", "saslssl": "sasl_ssl"}
_PATHS = {"sslKeyLocation": "ssl.key.location", "sslCertificateLocation": "ssl.certificate.location",
          "sslCaLocation": "ssl.ca.location"}  # fmt: skip
_OAUTH = {
    "oAuthBearerMethod": "sasl.oauthbearer.method", "oAuthBearerClientId": "sasl.oauthbearer.client.id",
    "oAuthBearerClientSecret": "sasl.oauthbearer.client.secret", "oAuthBearerScope": "sasl.oauthbearer.scope",
    "oAuthBearerTokenEndpointUrl": "sasl.oauthbearer.token.endpoint.url",
    "oAuthBearerExtensions": "sasl.oauthbearer.extensions",
}  # fmt: skip
_CONSUMER = {
    "reconnectbackoffms": "reconnect.backoff.ms", "reconnectbackoffmaxms": "reconnect.backoff.max.ms",
    "statisticsintervalms": "statistics.interval.ms", "sessiontimeoutms": "session.timeout.ms",
    "maxpollintervalms": "max.poll.interval.ms", "queuedminmessages": "queued.min.messages",
    "queuedmaxmessageskbytes": "queued.max.messages.kbytes", "fetchmaxbytes": "fetch.max.bytes",
    "maxpartitionfetchbytes": "max.partition.fetch.bytes", "autocommitintervalms": "auto.commit.interval.ms",
    "metadatamaxagems": "metadata.max.age.ms", "socketkeepaliveenable": "socket.keepalive.enable",
}  # fmt: skip
"""`extensions.kafka` of host.json."""
_DEFAULTS = {"session.timeout.ms": 10000, "auto.commit.interval.ms": 200, "metadata.max.age.ms": 180000,
             "socket.keepalive.enable": True}  # fmt: skip
_PRODUCER = {
    "maxMessageBytes": "message.max.bytes", "batchSize": "batch.num.messages",
    "enableIdempotence": "enable.idempotence", "messageTimeoutMs": "message.timeout.ms",
    "requestTimeoutMs": "request.timeout.ms", "maxRetries": "message.send.max.retries", "lingerMs": "linger.ms",
}  # fmt: skip
_SECTION = re.compile(r"-----BEGIN (?P<kind>[A-Z ]+)-----.*?-----END (?P=kind)-----", re.DOTALL)


class Endpoint(NamedTuple):
    """The brokers of a binding."""

    servers: str
    local: bool
    """Whether it is the local broker."""


def secure(settings: Settings, binding: Binding, name: str) -> str:
    """A property: the setting that it names, or the text itself."""
    text = binding.text(name)
    value = get(settings, text) if text else None
    return text if value is None else value


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local broker.

    Its brokers are a setting that is empty or is not there, or the usual address of this machine where nobody answers.
    """
    text = binding.text("brokerList").strip()
    value = get(settings, text) if text else ""
    if value is None and re.fullmatch(r"[A-Za-z_]\w*", text) and text.lower() != "localhost":
        return True
    servers = (text if value is None else value).strip()
    return not servers or local_servers.is_vacant(servers, local_servers.KAFKA_PORT)


def endpoint(settings: Settings, binding: Binding) -> Endpoint:
    """The brokers of a binding.

    Raises:
        KafkaError: the local broker is meant and cannot be started.
    """
    if is_local(settings, binding):
        return Endpoint(broker.address(), local=True)
    return Endpoint(secure(settings, binding, "brokerList"), local=False)


def consumer(settings: Settings, config: HostConfig, binding: Binding, root: Path) -> tuple[dict[str, Any], Endpoint]:
    """The configuration of a trigger's consumer, and its brokers; `root` is the app's folder.

    Raises:
        KafkaError: a property that cannot be used.
    """
    options = section(config)
    place = endpoint(settings, binding)
    result: dict[str, Any] = {
        **_DEFAULTS,
        **{name: options[key] for key, name in _CONSUMER.items() if options.get(key) is not None},
        "bootstrap.servers": place.servers,
        "group.id": secure(settings, binding, "consumerGroup") or DEFAULT_GROUP,
        "enable.auto.commit": True,
        "enable.auto.offset.store": False,
        "auto.offset.reset": "latest" if str(options.get("autooffsetreset", "")).lower() == "latest" else "earliest",
        "allow.auto.create.topics": place.local,
    }
    if not place.local:
        result |= _security(settings, binding, root)
        hubs = secure(settings, binding, "eventHubConnectionString")
        result |= _event_hubs(place.servers, hubs) if hubs else {}
    return result, place


def producer(settings: Settings, binding: Binding, root: Path) -> dict[str, Any]:
    """The configuration of an output's producer; `root` is the app's folder.

    Raises:
        KafkaError: a property that cannot be used.
    """
    place = endpoint(settings, binding)
    known = {name: binding.properties[key] for key, name in _PRODUCER.items() if key in binding.properties}
    if known.get("enable.idempotence") is not True:
        known.pop("enable.idempotence", None)
    secured = {} if place.local else _security(settings, binding, root)
    return {**known, "bootstrap.servers": place.servers, **secured}


def _event_hubs(servers: str, connection: str) -> dict[str, Any]:
    return {
        "bootstrap.servers": servers if _EVENT_HUBS in servers else f"{servers}{_EVENT_HUBS}:9093",
        "security.protocol": "sasl_ssl", "sasl.mechanism": "PLAIN", "sasl.username": "$ConnectionString",
        "sasl.password": connection, "broker.version.fallback": "1.0.0",
    }  # fmt: skip


def _security(settings: Settings, binding: Binding, root: Path) -> dict[str, Any]:
    mode, protocol = (binding.text(name).lower() for name in ("authenticationMode", "protocol"))
    if mode in {"", "notset"} and protocol in {"", "notset"}:
        return {}
    result: dict[str, Any] = {}
    if mode not in {"", "notset"}:
        result["sasl.mechanism"] = _known(_MECHANISMS, mode, "authentication_mode")
    if protocol not in {"", "notset"}:
        result["security.protocol"] = _known(_PROTOCOLS, protocol, "protocol")
    texts = {"username": "sasl.username", "password": "sasl.password", "sslKeyPassword": "ssl.key.password"}
    result |= {name: value for key, name in texts.items() if (value := secure(settings, binding, key))}
    result |= {
        name: _file(root, key, value) for key, name in _PATHS.items() if (value := secure(settings, binding, key))
    }
    both = secure(settings, binding, "sslCertificateAndKeyPem")
    for key, name, kind in (
        ("sslCaPem", "ssl.ca.pem", "CERTIFICATE"),
        ("sslCertificatePem", "ssl.certificate.pem", "CERTIFICATE"),
        ("sslKeyPem", "ssl.key.pem", "PRIVATE KEY"),
    ):
        text = both if both and key != "sslCaPem" else secure(settings, binding, key)
        if text:
            result[name] = _pem(text, kind, key)
    if mode == "oauthbearer":
        result |= {name: value.lower() if name.endswith("method") else value for key, name in _OAUTH.items()
                   if (value := secure(settings, binding, key))}  # fmt: skip
    return result


def _file(root: Path, key: str, text: str) -> str:
    """The path of a file: as it is given, or by its name in the app's folder (`AzureFunctionsFileHelper`)."""
    for path in (root / text, root / PurePath(text).name):
        if path.is_file():
            return str(path)
    raise KafkaError(f"{key} names no file: '{text}' is neither there nor in the app's folder.")


def _known(table: Mapping[str, str], text: str, name: str) -> str:
    value = table.get(text)
    if value is None:
        raise KafkaError(f"{name} '{text}' is not known: use one of {', '.join(table)}.")
    return value


def _pem(text: str, kind: str, name: str) -> str:
    found = next((match for match in _SECTION.finditer(text) if match["kind"] == kind), None)
    if found is None:
        raise KafkaError(f"{name} has no section {kind}.")
    return found[0].replace("\\n", "\n")


def section(config: HostConfig) -> Mapping[str, Any]:
    """`extensions.kafka` of host.json, names in lower case."""
    value = config.extensions.get("kafka")
    return value if isinstance(value, dict) else {}


def codec(settings: Settings, binding: Binding, schema: str) -> Codec | None:
    """What reads or writes Avro for a binding; None where it says nothing of Avro.

    Raises:
        KafkaError: the schema cannot be used, or fastavro is not installed.
    """
    text, registry = secure(settings, binding, schema), secure(settings, binding, "schemaRegistryUrl")
    if not text and (not registry or schema != "avroSchema"):
        return None
    from pystein_runtime.kafka.avro import Codec  # noqa: PLC0415 - seldom needed

    credentials = (
        secure(settings, binding, "schemaRegistryUsername"),
        secure(settings, binding, "schemaRegistryPassword"),
    )
    return Codec(text, registry, credentials)
