"""Web servers that mean ill, for ``pull``, ``push``, ``harvest csv`` and ``--allow-network``."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pariscall.io.http import get
from pariscall.io.request import Limits
from pariscall.io.response import Answer
from support.bombs import gzip_bomb

from .registry import Try, hostile

_LIMITS = Limits(connect=2, silence=2, total=6, tries=2, pause=0.01, longest_pause=1)
_END = b"\r\n\r\n"
_OK = b"HTTP/1.1 200 OK\r\n"
_BOMB = gzip_bomb(200)
Send = Callable[[bytes], object]


def without_end(head: bytes, block: bytes) -> Callable[[Send], object]:
    """Return an answer that sends a block again and again."""

    def answer(send: Send) -> None:
        send(head)
        while True:
            send(block)

    return answer


def slowly(head: bytes) -> Callable[[Send], object]:
    """Return an answer that sends a byte now and then."""

    def answer(send: Send) -> None:
        for byte in head + b"x" * 10_000:
            send(bytes([byte]))
            time.sleep(0.1)

    return answer


def once(content: bytes) -> Callable[[Send], object]:
    """Return an answer that is sent at once."""
    return lambda send: send(content)


ANSWERS: dict[str, Callable[[Send], object]] = {
    "a body without an end": without_end(
        _OK + b"Content-Length: 999999999999" + _END, bytes(65536)
    ),
    "chunks without an end": without_end(
        _OK + b"Transfer-Encoding: chunked" + _END, b"10000\r\n" + bytes(65536) + b"\r\n"
    ),
    "a header without an end": without_end(_OK + b"X: ", b"x" * 65536),
    "headers without an end": without_end(_OK, b"X: y\r\n" * 1000),
    "a slow body": slowly(_OK + b"Content-Length: 10000" + _END),
    "slow headers": slowly(b"HTTP/1.1 200 OK\r\nX: "),
    "a redirect to itself": once(b"HTTP/1.1 302 F\r\nLocation: /\r\nContent-Length: 0" + _END),
    "a redirect without an end": without_end(
        b"HTTP/1.1 302 F\r\nLocation: /\r\nContent-Length: 999999999999" + _END, bytes(65536)
    ),
    "a redirect to a file": once(
        b"HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\nContent-Length: 0" + _END
    ),
    "a redirect to no address": once(
        b"HTTP/1.1 302 F\r\nLocation: //[\r\nContent-Length: 0" + _END
    ),
    "a pause without an end": once(
        b"HTTP/1.1 503 S\r\nRetry-After: " + b"9" * 5_000 + b"\r\nContent-Length: 0" + _END
    ),
    "a length that is none": once(_OK + b"Content-Length: -1" + _END),
    "two lengths": once(_OK + b"Content-Length: 1, 2" + _END + b"x"),
    "no length": once(_OK + b"Connection: close" + _END + b"x"),
    "no HTTP": once(b"\0" * 1_000),
    "escapes": once(
        b"HTTP/1.1 404 \x1b[2J\r\nContent-Type: text/plain\r\nContent-Length: 4" + _END + b"\x1b[2J"
    ),
}


def ask(answer: Callable[[Send], object]) -> None:
    """Ask a server on loopback that answers in its way."""

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            with suppress(OSError):
                answer(self.wfile.write)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        get(f"http://127.0.0.1:{server.server_port}/", Answer.content, limits=_LIMITS)


@hostile("servers")
def servers() -> Iterator[Try]:
    """Yield each answer, and a compressed one that is read as it is."""
    for what, answer in ANSWERS.items():
        yield Try(what, partial(ask, answer), seconds=15)
    packed = b"Content-Encoding: gzip\r\nContent-Length: " + str(len(_BOMB)).encode()
    bomb = once(_OK + packed + _END + _BOMB)
    yield Try("a compressed body", partial(ask, bomb), must_be_refused=False)
