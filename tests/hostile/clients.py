"""Clients that mean ill, each at a server of its own, which goes on serving others."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from support.in_process import in_a_folder
from support.server import Server, serving

from .registry import Try, hostile

_GET = "GET /health HTTP/1.1\r\nHost: x\r\n"
_END = "Connection: close\r\n\r\n"
_MOST_MEMORY = 512 << 20
_QUERY = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
_KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REQUESTS = {
    "a long Accept": f"{_GET}Accept: {'text/html;q=0.1,' * 15_000}\r\n{_END}",
    "40,000 headers": _GET + "a: b\r\n" * 40_000 + _END,
    "a header without an end": _GET + "Cookie: " + "x" * 5_000_000,
    "a line without an end": "GET /" + "x" * 5_000_000,
    "a long path": f"GET /{'a' * 300} HTTP/1.1\r\nHost: x\r\n{_END}",
    "a path of many parts": f"GET /{'a/' * 3_000} HTTP/1.1\r\nHost: x\r\n{_END}",
    "a path that leads out": f"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n{_END}",
    "two slashes": f"GET //etc/passwd HTTP/1.1\r\nHost: x\r\n{_END}",
    "a zero in a path": f"GET /actor/a%00 HTTP/1.1\r\nHost: x\r\n{_END}",
    "bytes in a path": f"GET /%ff%fe HTTP/1.1\r\nHost: x\r\n{_END}",
    "another host": f"GET http://[ HTTP/1.1\r\nHost: x\r\n{_END}",
    "a star": f"GET * HTTP/1.1\r\nHost: x\r\n{_END}",
    "no HTTP": "\0" * 100_000,
    "HTTP/0.9": "GET /\r\n\r\n",
    "HTTP/9.9": f"GET / HTTP/9.9\r\nHost: x\r\n{_END}",
    "no host": f"GET / HTTP/1.1\r\n{_END}",
    "two lengths": f"{_QUERY}Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{{}}",
    "a length and chunks": f"{_QUERY}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": f"{_QUERY}Content-Length: -1\r\n\r\nASK{{}}",
    "a length of many digits": f"{_QUERY}Content-Length: {'9' * 5_000}\r\n\r\nASK{{}}",
    "chunks of no size": f"{_QUERY}Transfer-Encoding: chunked\r\n\r\nx\r\n",
    "chunks without an end": f"{_QUERY}Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n" * 400_000,
    "a large query": f"{_QUERY}Content-Length: 5000000\r\n\r\n" + "x" * 5_000_000,
    "brackets": f"{_QUERY}Content-Length: 60000\r\n{_END}" + "{" * 60_000,
    "many parameters": f"GET /sparql?{'a=b&' * 10_000} HTTP/1.1\r\nHost: x\r\n{_END}",
    "an odd range": f"GET /.well-known/void HTTP/1.1\r\nHost: x\r\nRange: bytes={'0-,' * 2_000}\r\n{_END}",
    "odd conditions": f"{_GET}If-None-Match: {'x,' * 4_000}\r\nIf-Modified-Since: {'9' * 3_000}\r\n{_END}",
    "escapes": f"GET /%0A%1B[2J%22 HTTP/1.1\r\nHost: \x1b[2J\r\nUser-Agent: \x1b]0;x\x07\r\n{_END}",
    "a query without an end": f"{_QUERY}Content-Length: {len(_KILLER)}\r\n{_END}{_KILLER}",
}


def attack(request: str, times: int = 1) -> None:
    """Send a request, and ask as another client while it is answered."""
    with in_a_folder({"data.nt": _DATA}) as folder, serving(folder, *_ARGUMENTS) as server:
        clients = [socket.create_connection(("127.0.0.1", server.port), 10) for _ in range(times)]
        for client in clients:
            client.settimeout(3)
            with suppress(OSError):
                client.sendall(request.encode("latin-1"))
        check(server)
        with suppress(OSError):
            while request and clients[0].recv(65536):
                pass
        for client in clients:
            client.close()
        check(server)


def check(server: Server) -> None:
    """Check that a server answers soon, has not grown, and logs no traceback."""
    start = time.monotonic()
    assert server.send("GET", "/health").status == 200
    assert time.monotonic() - start < 5, "the server was too busy"
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text(encoding="ascii").split()[1])
    assert pages * os.sysconf("SC_PAGE_SIZE") < _MOST_MEMORY, "the server grew"
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log[-3000:]
    assert "\x1b" not in log, "escapes in the log"
    assert len(log) < 100_000, "the log grew"


_DATA = b"".join(b"<http://e/s> <http://e/p> <http://e/%d> .\n" % n for n in range(2_000))
_ARGUMENTS = ("--data", "data.nt", "--timeout", "2", "--workers", "2")


@hostile("clients")
def clients() -> Iterator[Try]:
    """Yield each request, once and from many connections, and connections that say nothing."""
    for what, request in REQUESTS.items():
        yield Try(what, partial(attack, request), must_be_refused=False)
    for what in ("a long Accept", "a header without an end", "a large query", "escapes"):
        yield Try(f"50 times {what}", partial(attack, REQUESTS[what], 50), must_be_refused=False)
    yield Try("1,200 that say nothing", partial(attack, "", 1_200), must_be_refused=False)
