"""TLS, SASL and client certificates before a broker; and what is said of each when it is not as it must be."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from broker_driver import Broker
from host_driver import Host

pytest.importorskip("cryptography")

from certificates import issue, server_context
from gate import MECHANISMS, PASSWORD, TOKEN, USER, Gate


class Place(NamedTuple):
    """Gates before one broker, and the files of who comes through them."""

    gates: dict[str, Gate]
    folder: Path
    ca: str
    client_certificate: str
    client_key: str


@pytest.fixture(scope="module")
def place(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("certificates")
    authority, stranger = issue("authority"), issue("stranger")
    server, client = issue("localhost", authority), issue("client", authority)
    for name, text in (
        ("ca.pem", authority.certificate_pem), ("stranger.pem", stranger.certificate_pem),
        ("client.pem", client.certificate_pem), ("client.key", client.key_pem("key password")),
    ):  # fmt: skip
        (folder / name).write_text(text, "utf-8")
    context = server_context(folder, server)
    gates = {
        "PLAINTEXT": Gate(broker.address),
        "TLS": Gate(broker.address, context),
        "CERTIFICATES": Gate(broker.address, server_context(folder, server, authority)),
        "OPEN PLAIN": Gate(broker.address, None, "PLAIN"),
        **{name: Gate(broker.address, context, name) for name in MECHANISMS},
    }
    yield Place(gates, folder, authority.certificate_pem, client.certificate_pem, client.key_pem())
    for gate in gates.values():
        gate.close()


def both(name: str, topic: str, given: dict[str, Any], **more: str) -> str:
    """A trigger and an output with the same properties."""
    words = "".join(f", {key}={value!r}" for key, value in {"topic": topic, **given}.items())
    group = f', consumer_group="{name}"'
    return f"""
@app.generic_trigger(arg_name="event", type="kafkaTrigger"{words}{group})
def {name}(event: func.KafkaEvent) -> None:
    logging.info("{name} had %s", json.loads(event.get_body())["Value"])

@app.route(route="{name}_out")
@app.generic_output_binding(arg_name="out", type="kafka"{words})
def {name}_out(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set("from {name}")
    return "ok"
"""


class _Tokens(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.dumps({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def tokens() -> Iterator[str]:
    """Where tokens are given out."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Tokens)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/token"
    server.shutdown()
    server.server_close()


def test_who_is_let_in(start: Callable[..., Host], place: Place, tokens: str) -> None:
    files = place.folder
    known = {"protocol": "SASLSSL", "username": "USER", "password": "PASSWORD", "sslCaPem": "CA"}
    ways = {
        "tls": ("TLS", {"protocol": "SSL", "sslCaLocation": str(files / "ca.pem")}),
        "near": ("TLS", {"protocol": "SSL", "sslCaLocation": "ca.pem"}),
        "certificate": ("CERTIFICATES", {
            "protocol": "SSL", "sslCaLocation": str(files / "ca.pem"), "sslCertificateLocation": str(files / "client.pem"),
            "sslKeyLocation": str(files / "client.key"), "sslKeyPassword": "KEY_PASSWORD"}),
        "texts": ("CERTIFICATES", {"protocol": "SSL", "sslCaPem": "CA", "sslCertificateAndKeyPem": "CERTIFICATE_AND_KEY"}),
        "plain": ("PLAIN", {"authenticationMode": "PLAIN", **known}),
        "open_plain": ("OPEN PLAIN", {"authenticationMode": "PLAIN", **known, "protocol": "SASLPLAINTEXT"}),
        "scram256": ("SCRAM-SHA-256", {"authenticationMode": "SCRAMSHA256", **known}),
        "scram512": ("SCRAM-SHA-512", {"authenticationMode": "SCRAMSHA512", **known}),
        "oauth": ("OAUTHBEARER", {
            "authenticationMode": "OAUTHBEARER", "protocol": "SASLSSL", "sslCaPem": "CA", "oAuthBearerMethod": "OIDC",
            "oAuthBearerClientId": "id", "oAuthBearerClientSecret": "PASSWORD", "oAuthBearerTokenEndpointUrl": tokens}),
    }  # fmt: skip
    source = "import json\n" + "".join(
        both(name, name, {"brokerList": place.gates[gate].address, **given}) for name, (gate, given) in ways.items()
    )
    values = {
        "USER": USER, "PASSWORD": PASSWORD, "KEY_PASSWORD": "key password", "CA": place.ca.replace("\n", "\\n"),
        "CERTIFICATE_AND_KEY": place.client_certificate + place.client_key,
    }  # fmt: skip
    host = start(source, local__settings_json={"IsEncrypted": False, "Values": values}, ca_pem=place.ca)
    for name in ways:
        answer = host.get(f"/api/{name}_out")
        assert answer.status == 200, (name, [line for line in host.lines if line.get("error")][-1:])
    for name in ways:
        host.log(f"{name} had from {name}")
    assert PASSWORD not in json.dumps(host.lines)


WRONG = {
    "no_ca": ("TLS", {"protocol": "SSL"}, "broker certificate could not be verified"),
    "stranger": ("TLS", {"protocol": "SSL", "sslCaLocation": "stranger.pem"}, "broker certificate could not be verified"),
    "missing_ca": (
        "TLS", {"protocol": "SSL", "sslCaLocation": "gone/missing.pem"},
        "sslCaLocation names no file: 'gone/missing.pem' is neither there nor in the app's folder.",
    ),
    "no_tls_there": ("PLAINTEXT", {"protocol": "SSL", "sslCaLocation": "ca.pem"}, "SSL handshake failed"),
    "tls_there": ("TLS", {}, "does the broker want another protocol: TLS, SASL?"),
    "no_certificate": ("CERTIFICATES", {"protocol": "SSL", "sslCaLocation": "ca.pem"}, "certificate required"),
    "password": (
        "PLAIN", {"authenticationMode": "PLAIN", "protocol": "SASLSSL", "sslCaLocation": "ca.pem", "username": "me",
                  "password": "wrong"}, "SASL authentication error: Authentication failed: Invalid username or password"),
    "scram": (
        "SCRAM-SHA-256", {"authenticationMode": "SCRAMSHA256", "protocol": "SASLSSL", "sslCaLocation": "ca.pem",
                          "username": "me", "password": "wrong"}, "invalid credentials"),
    "mechanism": (
        "PLAIN", {"authenticationMode": "SCRAMSHA512", "protocol": "SASLSSL", "sslCaLocation": "ca.pem", "username": "me",
                  "password": "x"}, "Unsupported SASL mechanism: broker's supported mechanisms: PLAIN"),
    "no_sasl_there": (
        "PLAINTEXT", {"authenticationMode": "PLAIN", "protocol": "SASLPLAINTEXT", "username": "me", "password": "x"},
        "SASL Handshake not supported by broker"),
    "nobody": (
        "PLAIN", {"authenticationMode": "PLAIN", "protocol": "SASLSSL", "sslCaLocation": "ca.pem"},
        "sasl.username and sasl.password must be set"),
    "kerberos": (
        "PLAIN", {"authenticationMode": "GSSAPI", "protocol": "SASLSSL", "sslCaLocation": "ca.pem"},
        "No provider for SASL mechanism GSSAPI"),
}  # fmt: skip


def test_who_is_not(start: Callable[..., Host], place: Place) -> None:
    source = "import json\n" + "".join(
        both(name, "wrong", {"brokerList": place.gates[gate].address, **given})
        for name, (gate, given, _) in WRONG.items()
    )
    source += """
@app.route(route="ping")
def ping(req: func.HttpRequest) -> str:
    return "pong"
"""
    files = {f"{name}_pem": (place.folder / f"{name}.pem").read_text("utf-8") for name in ("ca", "stranger")}
    host = start(source, **files)
    for name, (_, _, why) in WRONG.items():
        line = host.wait(
            "host", lambda line, name=name, why=why: f"'{name}'" in line["message"] and why in line["message"]
        )
        assert line["message"].count("\n") == 0
    asked = [threading.Thread(target=host.get, args=(f"/api/{name}_out",)) for name in WRONG]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    for name, (_, _, why) in WRONG.items():
        assert why in host.invocation(f"{name}_out")["error"]["message"], name
    assert host.get("/api/ping").text == "pong", "the rest goes on"
    for name in WRONG:
        said = [
            line["message"] for line in host.lines if line.get("event") == "host" and f"'{name}'" in line["message"]
        ]
        assert len(said) <= 3, "an outage is not said again and again"
