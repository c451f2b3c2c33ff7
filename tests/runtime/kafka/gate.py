"""TLS and SASL before a broker: librdkafka's own has neither.

A gate is a server of Kafka's protocol as far as a client must get past it (ApiVersions, SaslHandshake, SaslAuthenticate; the
protocol guide of Apache Kafka, RFC 4616, RFC 5802, RFC 7628), and hands everything else on. Answers that name the broker's
port name the gate's instead, so that clients come this way each time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator

API_VERSIONS, HANDSHAKE, AUTHENTICATE = 18, 17, 36
UNSUPPORTED_VERSION, UNSUPPORTED_MECHANISM, FAILED = 35, 33, 58
USER, PASSWORD = "me", "very secret"
ROUNDS = 4096
LARGEST = 100 * 1024 * 1024
"""`socket.request.max.bytes` of a broker."""


# -- SASL -------------------------------------------------------------------------------------------------------------


class RefusedError(Exception):
    """The client is not let in."""


def plain(received: Callable[[], bytes]) -> Iterator[bytes]:
    """RFC 4616."""
    if received() != f"\0{USER}\0{PASSWORD}".encode():
        raise RefusedError("Authentication failed: Invalid username or password")
    yield b""


def _encoded(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


TOKEN = f"{_encoded({'alg': 'none'})}.{_encoded({'sub': USER, 'exp': int(time.time()) + 3600})}."


def oauth(received: Callable[[], bytes]) -> Iterator[bytes]:
    """RFC 7628."""
    if f"auth=Bearer {TOKEN}\x01" not in received().decode():
        raise RefusedError("Authentication failed: invalid token")
    yield b""


def scram(algorithm: str) -> Callable[[Callable[[], bytes]], Iterator[bytes]]:
    """RFC 5802, without channel binding."""

    def mac(key: bytes, text: bytes) -> bytes:
        return hmac.digest(key, text, algorithm)

    def talk(received: Callable[[], bytes]) -> Iterator[bytes]:
        first = received().decode().removeprefix("n,,")
        user, nonce = (part[2:] for part in first.split(",")[:2])
        salt = os.urandom(16)
        challenge = f"r={nonce}gate,s={base64.b64encode(salt).decode()},i={ROUNDS}"
        yield challenge.encode()
        without_proof, _, proof = received().decode().rpartition(",p=")
        salted = hashlib.pbkdf2_hmac(algorithm, PASSWORD.encode(), salt, ROUNDS)
        client_key = mac(salted, b"Client Key")
        everything = f"{first},{challenge},{without_proof}".encode()
        signature = mac(hashlib.new(algorithm, client_key).digest(), everything)
        wanted = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
        if user != USER or base64.b64decode(proof) != wanted:
            raise RefusedError(
                "Authentication failed during authentication due to invalid credentials with SASL mechanism"
            )
        yield b"v=" + base64.b64encode(mac(mac(salted, b"Server Key"), everything))

    return talk


MECHANISMS = {
    "PLAIN": plain, "SCRAM-SHA-256": scram("sha256"), "SCRAM-SHA-512": scram("sha512"), "OAUTHBEARER": oauth,
}  # fmt: skip


# -- the gate ---------------------------------------------------------------------------------------------------------


class Gate:
    """Listens on a port of loopback for a broker at another.

    Args:
        broker: `host:port`.
        context: TLS; None: without.
        mechanisms: of SASL; none: without.
    """

    def __init__(self, broker: str, context: ssl.SSLContext | None = None, *mechanisms: str) -> None:
        self._broker = int(broker.rpartition(":")[2])
        self._context = context
        self._mechanisms = mechanisms
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.address = f"localhost:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            inside = self._context.wrap_socket(client, server_side=True) if self._context is not None else client
            with inside, socket.create_connection(("127.0.0.1", self._broker)) as broker:
                if not self._mechanisms or self._let_in(inside, broker):
                    threading.Thread(target=self._forward, args=(broker, inside), daemon=True).start()
                    while (frame := _read(inside)) is not None:
                        _write(broker, frame)
        except OSError:  # whoever it was is gone, or speaks no TLS
            client.close()

    def _forward(self, broker: socket.socket, client: socket.socket) -> None:
        own, others = (struct.pack(">i", port) for port in (self.port, self._broker))
        try:
            while (frame := _read(broker)) is not None:
                _write(client, frame.replace(b"127.0.0.1" + others, b"localhost" + own))
        except OSError:
            return

    def _let_in(self, client: socket.socket, broker: socket.socket) -> bool:
        """Talk until the client has shown who it is."""
        talk: Iterator[bytes] | None = None
        heard: list[bytes] = []
        while (frame := _read(client)) is not None:
            api, version, number = struct.unpack_from(">hhi", frame)
            body = frame[8:]
            answer = struct.pack(">i", number)
            if api == API_VERSIONS and version > 0:
                _write(client, answer + struct.pack(">hi", UNSUPPORTED_VERSION, 0))
            elif api == API_VERSIONS:
                _write(broker, frame)
                known = _read(broker) or b""
                (count,) = struct.unpack_from(">i", known, 6)
                ours = struct.pack(">hhhhhh", HANDSHAKE, 1, 1, AUTHENTICATE, 0, 0)
                _write(client, known[:6] + struct.pack(">i", count + 2) + known[10:] + ours)
            elif api == HANDSHAKE:
                (skip,) = struct.unpack_from(">h", body)
                mechanism = body[2 + max(skip, 0) + 2 :].decode()
                code = 0 if mechanism in self._mechanisms else UNSUPPORTED_MECHANISM
                names = b"".join(struct.pack(">h", len(name)) + name.encode() for name in self._mechanisms)
                _write(client, answer + struct.pack(">hi", code, len(self._mechanisms)) + names)
                if code:
                    return False
                talk = MECHANISMS[mechanism](heard.pop)
            elif api == AUTHENTICATE and talk is not None:
                (skip,) = struct.unpack_from(">h", body)
                heard.append(body[2 + max(skip, 0) + 4 :])
                try:
                    said = next(talk)
                except RefusedError as refusal:
                    text = str(refusal).encode()
                    _write(client, answer + struct.pack(">hh", FAILED, len(text)) + text + struct.pack(">i", 0))
                    return False
                except StopIteration:
                    said = b""
                _write(client, answer + struct.pack(">hhi", 0, -1, len(said)) + said)
                if said == b"" or said.startswith(b"v="):
                    return True
            else:
                return False
        return False


def _read(source: socket.socket) -> bytes | None:
    head = _exactly(source, 4)
    return None if head is None else _exactly(source, struct.unpack(">i", head)[0])


def _exactly(source: socket.socket, count: int) -> bytes | None:
    if not 0 <= count <= LARGEST:
        return None  # as brokers do with what is no request, such as the beginning of TLS
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            return None
        data += more
    return data


def _write(target: socket.socket, frame: bytes) -> None:
    target.sendall(struct.pack(">i", len(frame)) + frame)
