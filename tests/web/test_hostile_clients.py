"""The server stays up, quick and quiet whatever a client sends, or does not send."""

from __future__ import annotations

import json
import re
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from pariscall.web import endpoint
from pariscall.web.endpoint.messages import FRENCH
from support.server import Server, needs_fork, wait_for

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the server needs a system that forks"),
]

GET = "GET {} HTTP/1.1\r\nHost: x\r\n"
BUSY = 512  # connections that the server keeps, and of one client 128


def exchange(server: Server, *parts: str, source: str = "127.0.0.1") -> bytes:
    """Send parts of a request one after the other, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", server.port), 10, (source, 0)) as client:
        for part in parts:
            client.sendall(part.encode())
            time.sleep(0.05 if len(parts) > 1 else 0)
        return b"".join(iter(lambda: client.recv(65536), b""))


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def health(server: Server) -> float:
    """Ask for the health, and return how long it took."""
    start = time.monotonic()
    assert server.send("GET", "/health").status == 200
    return time.monotonic() - start


TOO_MUCH = {
    "one long header": ["Accept: " + "text/html;q=0.1," * 15_000 + "\r\n"],
    "many small headers": ["a: b\r\n" * 40_000],
    "many headers that never end": ["a: b\r\n" * 2_000] * 20,
    "a header that never ends": ["Cookie: ", *["x" * 9000] * 20],
    "barely too much": [f"a: {'b' * (16 * 1024)}\r\n\r\n"],
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_headers_beyond_16_kilobytes_are_refused(site_server: Server, name: str) -> None:
    start = time.monotonic()
    answer = exchange(site_server, GET.format("/actor/abb"), *TOO_MUCH[name])
    assert status(answer) == 431
    assert b"connection: close" in answer.lower()
    assert time.monotonic() - start < 5


def test_headers_of_almost_16_kilobytes_are_read(site_server: Server) -> None:
    answer = exchange(
        site_server, GET.format("/health"), f"a: {'b' * 16_000}\r\nConnection: close\r\n\r\n"
    )
    assert status(answer) == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Accept", "a/b"),
        ("Accept-Language", "fr"),
        ("Accept-Encoding", "gzip"),
        ("Range", "bytes=0-1"),
        ("If-None-Match", '"a"'),
    ],
)
def test_a_header_lists_a_hundred_values_at_most(
    site_server: Server, name: str, value: str
) -> None:
    for number, expected in ((100, {200, 206, 304}), (101, {431})):
        headers = {name: ",".join([value] * number)}
        assert site_server.send("GET", "/actor/abb.ttl", **headers).status in expected
    lines = f"{name}: {value}\r\n" * 101
    answer = exchange(site_server, f"{GET.format('/actor/abb.ttl')}{lines}\r\n")
    assert status(answer) == 431


def test_clients_that_only_connect_keep_nobody_out(site_server: Server) -> None:
    before = len(site_server.log.read_text(encoding="utf-8").splitlines())
    with ExitStack() as stack:
        for number in range(1200):
            address = (f"127.0.{number // 200}.{1 + number % 3}", 0)
            client = socket.create_connection(("127.0.0.1", site_server.port), 10, address)
            stack.enter_context(client)
        assert health(site_server) < 2
        assert len(descriptors(site_server)) < BUSY + 100
    assert wait_for(5, lambda: len(descriptors(site_server)) < 100)
    lines = site_server.log.read_text(encoding="utf-8").splitlines()[before:]
    assert len(lines) < 10
    assert "Traceback" not in "".join(lines)


def test_one_client_has_a_share_of_the_connections(site_server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            client = socket.create_connection(("127.0.0.1", site_server.port), 10, ("127.0.0.9", 0))
            stack.enter_context(client)
        assert health(site_server) < 2
        assert len(descriptors(site_server)) < 128 + 50


def descriptors(server: Server) -> list[Path]:
    return list(Path(f"/proc/{server.process.pid}/fd").iterdir())


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * 300,
        "/actor/" + "a" * 300,
        "/actor/" + "a" * 300 + ".ttl",
        "/" + "a/" * 3000,
        "/" + "%C3%A9" * 300,
        "//etc/passwd",
        "/%2Fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/actor/..;/secret.ttl",
        "/actor/./abb.ttl",
        "/actor//abb.ttl",
        "/actor/abb.ttl/",
        "/actor/abb.ttl%00",
        "/actor/abb.ttl%0a",
        "/actor/abb%0d%0a",
        "/actor/abb.ttl%00.html",
        "/actor/abb%0aSet-Cookie:%20a=b",
        "/actor/%FF%FE",
        "/.secret",
        "/actor/..%2f.secret",
        "/proc/self/environ",
        "//proc/self/environ",
        "///dev/zero",
    ],
)
def test_no_path_reaches_the_file_system(site_server: Server, path: str) -> None:
    answer = exchange(site_server, f"{GET.format(path)}Connection: close\r\n\r\n")
    assert status(answer) == 404
    assert answer.endswith(b"\r\n\r\nnothing is described here.\n")


def test_a_file_of_a_site_that_replaces_another_is_found(
    site_server: Server, small_site: Path
) -> None:
    assert site_server.send("GET", "/new.ttl").status == 404
    (small_site / "new.ttl").write_text("# new\n", encoding="utf-8")
    assert site_server.send("GET", "/new.ttl").text == "# new\n"
    (small_site / "new.ttl").unlink()
    assert site_server.send("GET", "/new.ttl").status == 404


@pytest.mark.parametrize(
    ("version", "headers"),
    [
        ("1.1", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        ("1.1", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        ("1.0", "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_a_body_that_two_readers_could_read_in_two_ways_ends_the_connection(
    site_server: Server, version: str, headers: str
) -> None:
    smuggled = GET.format("/health") + "\r\n"
    answer = exchange(
        site_server, f"POST /sparql HTTP/{version}\r\nHost: x\r\n{headers}\r\n0\r\n\r\n{smuggled}"
    )
    assert status(answer) == 400
    assert b"connection: close" in answer.lower()
    assert answer.count(b"HTTP/1.1") == 1


def test_a_target_may_name_the_host(site_server: Server) -> None:
    for target in ("http://x/health", "HTTPS://other.test:8080/health", "http://x/health?a=b"):
        answer = exchange(site_server, f"{GET.format(target)}Connection: close\r\n\r\n")
        assert status(answer) == 200, target
    for target, expected in (("http://x", 303), ("http:///etc/passwd", 404), ("*", 404)):
        answer = exchange(site_server, f"{GET.format(target)}Connection: close\r\n\r\n")
        assert status(answer) == expected, target
    options = exchange(site_server, "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status(options) == 204


PROBLEMS = {
    "missing": ("GET", "/nothing", 404),
    "method": ("PUT", "/actor/abb.ttl", 405),
    "method of the health": ("POST", "/health", 405),
    "method of the endpoint": ("PUT", "/sparql", 405),
    "two queries": ("GET", "/sparql?query=ASK&query=ASK", 400),
    "format": ("GET", "/sparql?query=ASK%7B%7D&format=nothing", 400),
    "update": ("GET", "/sparql?update=CLEAR+ALL", 400),
    "kind of result": ("GET", "/sparql?query=ASK%7B%7D&format=turtle", 406),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_problems_are_told_in_the_language_that_the_client_prefers(
    site_server: Server, name: str
) -> None:
    method, path, expected = PROBLEMS[name]
    texts: dict[str, str] = {}
    for header, lang in {"": "en", "fr;q=0.5, en;q=0.4": "fr", "de, en;q=0.1": "en"}.items():
        reply = site_server.send(method, path, Accept="text/plain", Accept_Language=header)
        assert reply.status == expected
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert "Accept-Language" in reply.headers["vary"]
        texts.setdefault(lang, reply.text)
        assert texts[lang] == reply.text
    assert texts["en"] != texts["fr"]


def test_every_problem_has_a_french_sentence() -> None:
    folder = Path(endpoint.__file__ or "").parent
    raised = re.compile(r'(?:ProblemError|_RefusedError)\((?:\w|\.)+,\s*"(.+?)"', re.DOTALL)
    sources = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    said = {text for source in sources for text in raised.findall(source)}
    assert len(said) > 10
    assert said <= set(FRENCH)
    others = "".join(source for source in sources if "FRENCH = {" not in source)
    assert [text for text in FRENCH if text not in others] == []


def test_every_line_of_the_log_is_an_entry(site_server: Server) -> None:
    exchange(site_server, f"{GET.format('/%0A%1B[2J%22')}Connection: close\r\n\r\n")
    for line in site_server.log.read_text(encoding="utf-8").splitlines():
        assert "\x1b" not in line
        assert "fault" not in json.loads(line)
