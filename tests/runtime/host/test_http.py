"""HTTP functions as a client sees them."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from host_driver import Host

SOURCE = """
@app.route(route="echo/{name:alpha?}")
async def echo(req: func.HttpRequest) -> func.HttpResponse:
    import json
    seen = {"method": req.method, "url": req.url, "route": dict(req.route_params), "query": dict(req.params),
            "headers": dict(req.headers), "body": req.get_body().decode("latin-1")}
    return func.HttpResponse(json.dumps(seen), mimetype="application/json", headers={"x-one": "1"})

@app.route(route="items/{id:int}", methods=["GET", "DELETE"])
def item(req: func.HttpRequest) -> str:
    return "item " + req.route_params["id"]

@app.route(route="items/special")
def special(req: func.HttpRequest) -> str:
    return "special"

@app.route(route="files/{*path}")
def files(req: func.HttpRequest) -> str:
    return req.route_params.get("path", "-")

@app.route(route="name/{stem}.{ending}")
def dotted(req: func.HttpRequest) -> str:
    return req.route_params["stem"] + "|" + req.route_params["ending"]

@app.route()
def plain(req: func.HttpRequest) -> str:
    return "plain"

@app.route(route="nothing")
def nothing(req: func.HttpRequest) -> func.HttpResponse:
    return None

@app.route(route="fails")
def fails(req: func.HttpRequest) -> str:
    raise ValueError("no luck")

@app.route(route="teapot")
def teapot(req: func.HttpRequest) -> func.HttpResponse:
    answer = func.HttpResponse(b"\\x00\\xff", status_code=418, mimetype="application/octet-stream")
    answer.headers.add("Set-Cookie", "a=1; Max-Age=10; Path=/x; HttpOnly")
    answer.headers.add("Set-Cookie", "b=2; Secure; SameSite=Strict")
    return answer

@app.route(route="size", methods=["POST"])
async def size(req: func.HttpRequest) -> str:
    return str(len(req.get_body()))

@app.route(route="large")
async def large(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(b"x" * 3_000_000)

@app.route(route="form", methods=["POST"])
def form(req: func.HttpRequest) -> str:
    return req.form["a"] + req.files["f"].read().decode()

@app.function_name("off")
@app.route(route="off")
def switched_off(req: func.HttpRequest) -> str:
    return "off"
"""


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    settings = {
        "IsEncrypted": False,
        "Values": {"AzureWebJobs.off.Disabled": "true"},
        "Host": {"CORS": "https://good.example,http://localhost:3000"},
    }
    config = {"version": "2.0", "extensions": {"http": {"customHeaders": {"X-Frame-Options": "DENY"}}}}
    return serve(SOURCE, host_json=config, local__settings_json=settings)


def test_what_a_function_sees_of_a_request(host: Host) -> None:
    answer = host.post("/api/echo/bob?a=1&b=&c=x%20y&a=2", b"\x00\xe9", **{"X-Thing": "T"})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-one"] == "1"
    assert answer.headers["x-frame-options"] == "DENY"
    seen = answer.json
    assert seen["method"] == "POST"
    assert seen["url"] == f"http://127.0.0.1:{host.port}/api/echo/bob?a=1&b=&c=x%20y&a=2"
    assert seen["route"] == {"name": "bob"}
    assert seen["query"] == {"a": "1,2", "c": "x y"}
    assert seen["headers"]["x-thing"] == "T"
    assert seen["body"] == "\x00\xe9"


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/api/items/7", 200, "item 7"),
        ("GET", "/API/Items/7/", 200, "item 7"),
        ("DELETE", "/api/items/-7", 200, "item -7"),
        ("GET", "/api/items/special", 200, "special"),
        ("GET", "/api/items/other", 404, ""),
        ("POST", "/api/items/7", 404, ""),
        ("GET", "/api/files/a/b%20c/d.txt", 200, "a/b c/d.txt"),
        ("GET", "/api/files", 200, "-"),
        ("GET", "/api/name/a.b.txt", 200, "a.b|txt"),
        ("GET", "/api/name/a", 404, ""),
        ("PATCH", "/api/plain", 200, "plain"),
        ("GET", "/api/pl%61in", 200, "plain"),
        ("GET", "/plain", 404, ""),
        ("GET", "/api/echo/b0b", 404, ""),
        ("GET", "/api/nothing", 500, ""),  # the library has no response for None
        ("GET", "/api/fails", 500, ""),
        ("GET", "/api/off", 404, ""),
        ("HEAD", "/api/plain", 200, ""),
        ("OPTIONS", "/api/plain", 200, "plain"),
    ],
)
def test_routes_and_statuses(host: Host, method: str, path: str, status: int, body: str) -> None:
    answer = host.request(method, path)
    assert (answer.status, answer.text) == (status, body)


def test_text_is_plain_text_and_head_says_its_length(host: Host) -> None:
    assert host.get("/api/plain").headers["content-type"] == "text/plain; charset=utf-8"
    assert host.request("HEAD", "/api/plain").headers["content-length"] == "5"


def test_status_bytes_and_cookies_of_a_response(host: Host) -> None:
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"GET /api/teapot HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 418 ")
    assert body == b"\x00\xff"
    cookies = [line for line in head.decode().split("\r\n") if line.startswith("set-cookie")]
    assert cookies == [
        "set-cookie: a=1; max-age=10; path=/x; httponly",
        "set-cookie: b=2; path=/; secure; samesite=strict",
    ]


def test_large_bodies_both_ways(host: Host) -> None:
    assert host.post("/api/size", b"y" * 5_000_000).text == "5000000"
    assert len(host.get("/api/large").body) == 3_000_000


def test_chunked_body(host: Host) -> None:
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(
            b"POST /api/size HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n"
        )
        connection.sendall(b"4\r\ndefg\r\n0\r\n\r\n")
        assert connection.recv(65536).endswith(b"\r\n\r\n7")


def test_form(host: Host) -> None:
    body = (
        b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nA\r\n'
        b'--x\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\nF\r\n--x--\r\n'
    )
    assert host.post("/api/form", body, **{"content-type": "multipart/form-data; boundary=x"}).text == "AF"


def test_many_at_once(host: Host) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: host.get(f"/api/items/{n}").text, range(200)))
    assert answers == [f"item {n}" for n in range(200)]


def test_an_error_is_logged_with_its_place(host: Host) -> None:
    host.get("/api/fails")
    line = host.invocation("fails")
    assert line["status"] == "failed"
    assert line["error"] == {"type": "ValueError", "message": "no luck"}


def test_cors(host: Host) -> None:
    asked = {"Origin": "https://good.example", "Access-Control-Request-Method": "PUT"}
    preflight = host.request("OPTIONS", "/api/items/7", headers={**asked, "Access-Control-Request-Headers": "x-a"})
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "https://good.example"
    assert preflight.headers["access-control-allow-methods"] == "PUT"
    assert preflight.headers["access-control-allow-headers"] == "x-a"
    anything = host.request("OPTIONS", "/api/nothing", headers=asked)
    assert anything.status == 204, "the function takes every method, but it is not asked"
    assert host.get("/api/plain", Origin="http://localhost:3000").headers["access-control-allow-origin"]
    assert "access-control-allow-origin" not in host.get("/api/plain", Origin="https://bad.example").headers
    lines = b"".join(f"{name}: {value}\r\n".encode() for name, value in asked.items())
    with socket.create_connection(("127.0.0.1", host.port)) as raw:
        raw.sendall(b"OPTIONS /api/items/7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + b"\r\n")
        said = b"".join(iter(lambda: raw.recv(65536), b""))
    assert said.count(b"access-control-allow-origin") == 1, "browsers refuse it twice"


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "10.0.0.1", "127.0.0.1.evil.example:80"])
def test_other_names_are_refused(host: Host, name: str) -> None:
    assert host.get("/api/plain", Host=name).status == 403
    assert host.get("/admin/host/status", Host=name).status == 403


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST:7071", "127.0.0.1:1", "[::1]:7071", "app.localhost"])
def test_names_of_this_machine_are_served(host: Host, name: str) -> None:
    assert host.get("/api/plain", Host=name).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_the_admin_api_is_closed_to_web_pages(host: Host, headers: dict[str, str]) -> None:
    assert host.request("POST", "/admin/functions/plain", "{}", headers).status == 403
    assert host.request("GET", "/admin/functions", headers=headers).status == 403


def test_the_admin_api_is_open_to_its_own_page(host: Host) -> None:
    own = {"Origin": f"http://127.0.0.1:{host.port}", "Sec-Fetch-Site": "same-origin"}
    assert host.request("GET", "/admin/functions", headers=own).status == 200


def test_what_is_not_http_is_refused_and_the_host_lives(host: Host) -> None:
    for rubbish in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"A" * 200_000):
        with socket.create_connection(("127.0.0.1", host.port)) as connection:
            try:
                connection.sendall(rubbish)
                assert connection.recv(100).startswith((b"HTTP/1.1 4", b""))
            except ConnectionError:
                pass
    assert host.get("/api/plain").status == 200


def test_too_large_a_body_is_refused_before_it_is_sent(host: Host) -> None:
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"POST /api/size HTTP/1.1\r\nhost: localhost\r\ncontent-length: 104857601\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_too_large_headers_are_refused(host: Host) -> None:
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"GET /api/plain HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 70_000 + b"\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 431 ")


def test_pipelined_requests_are_answered_in_order(host: Host) -> None:
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(
            b"".join(f"GET /api/items/{n} HTTP/1.1\r\nhost: a.localhost\r\n\r\n".encode() for n in range(100))
        )
        received = b""
        while received.count(b"HTTP/1.1 200") < 100 or not received.endswith(b"item 99"):
            received += connection.recv(65536)
    assert [int(number) for number in re.findall(rb"item (\d+?)(?=HTTP|$)", received)] == list(range(100))


def test_a_response_cannot_smuggle_headers(host: Host) -> None:
    assert "smuggled" not in host.get("/api/echo?x=%0d%0asmuggled:1").headers


def test_prefix_keys_and_names_from_the_configuration(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.route(route="open", auth_level="anonymous")
        def open_(req: func.HttpRequest) -> str: return "open"

        @app.route(route="mine", auth_level="function")
        def mine(req: func.HttpRequest) -> str: return "mine"

        @app.route(route="theirs", auth_level="admin")
        def theirs(req: func.HttpRequest) -> str: return "theirs"
        """,
        "--enable-auth",
        host_json={"version": "2.0", "extensions": {"http": {"routePrefix": ""}}},
    )
    assert host.get("/open").text == "open"
    assert host.get("/mine").status == 401
    keys = json.loads((host.root / ".pystein" / "keys.json").read_text())
    default, master, own = keys["functionKeys"]["default"], keys["masterKey"], keys["functions"]["mine"]
    assert [host.get(f"/mine?code={key}").status for key in (default, master, own, "x")] == [200, 200, 200, 401]
    assert [host.get("/theirs", **{"x-functions-key": key}).status for key in (default, master)] == [401, 200]
    assert host.get("/admin/functions").status == 401
    assert host.get("/admin/functions", **{"x-functions-key": master}).status == 200
    assert host.get("/admin/host/status").json["state"] == "Running"
