"""A store on loopback that does to each request what its path says, and remembers who asked."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

LINES = [f'<http://e/s> <http://e/p> "{n}" .\n' for n in range(300)]
BASIC = "Basic " + base64.b64encode(b"curator:hush hush").decode()


class Store(BaseHTTPRequestHandler):
    """Keeps graphs, and does to each what the path says."""

    protocol_version = "HTTP/1.1"
    graphs: ClassVar[dict[str, bytes]] = {}
    seen: ClassVar[list[tuple[str, str, str | None]]] = []
    elsewhere: ClassVar[str] = ""

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def do_POST(self) -> None:
        [iri] = parse_qs(urlsplit(self.path).query)["graph"]
        left = int(self.headers["Content-Length"])
        self.answer(Store.graphs.get(iri, b"") + self.rfile.read(left))

    def do_PUT(self) -> None:
        left = int(self.headers["Content-Length"])
        content = b""
        while left > len(content):
            content += self.rfile.read(min(left - len(content), 1 << 21))
            time.sleep(0.2 if self.path.startswith("/reads-slowly?") else 0)
        self.answer(content)

    def do_GET(self) -> None:
        self.answer(None)

    def answer(self, content: bytes | None) -> None:
        parts = urlsplit(self.path)
        name = parts.path.strip("/")
        Store.seen.append((name, self.command, self.headers["Authorization"]))
        [iri] = parse_qs(parts.query)["graph"]
        try:
            special: Callable[[], bool] | None = getattr(self, f"do_{name.replace('-', '_')}", None)
            if special and special():
                return
            if content is not None:
                Store.graphs[iri] = content
                if name == "loses-answers" and len(Store.seen) % 2 == 0:
                    self.close_connection = True
                else:
                    self.send(b"", 204)
            elif iri in Store.graphs:
                self.send(self.altered(name, Store.graphs[iri]))
            else:
                self.send(b"", 404)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def altered(self, name: str, content: bytes) -> bytes:
        if name == "loses":
            return content.replace(LINES[7].encode(), b"")
        if name == "alters":
            return content.replace(b'"7"', b'"7"@en')
        return content

    def send(self, body: bytes, status: int = 200, **headers: str) -> bool:
        named = {"Content-Type": "application/n-triples", "Content-Length": str(len(body))}
        self.send_response(status)
        for header, value in {
            **named,
            **{header.replace("_", "-"): value for header, value in headers.items()},
        }.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)
        return True

    def is_first(self) -> bool:
        return sum(path == urlsplit(self.path).path.strip("/") for path, *_ in Store.seen) == 1

    def do_busy_once(self) -> bool:
        return self.is_first() and self.send(b"", 503)

    def do_busy(self) -> bool:
        return self.send(b"", 503, Retry_After="20000")

    def do_fills_up(self) -> bool:
        sent = [method for path, method, _ in Store.seen if path == "fills-up" and method != "GET"]
        return len(sent) > 2 and self.send(b"", 507)

    def do_fault(self) -> bool:
        return self.send(b"disk full\x1b[2J\nmore", 500, Content_Type="text/plain")

    def do_forbidden(self) -> bool:
        return self.send(b"", 403)

    def do_missing(self) -> bool:
        return self.send(b"", 404)

    def do_basic(self) -> bool:
        is_known = self.headers["Authorization"] == BASIC
        return not is_known and self.send(b"", 401, WWW_Authenticate='Basic realm="r"')

    def do_token(self) -> bool:
        is_known = self.headers["Authorization"] == "Bearer hush"
        return not is_known and self.send(b"", 401, WWW_Authenticate="Bearer")

    def do_moved(self) -> bool:
        return self.send(b"", 307, Location=f"{Store.elsewhere}/good")

    def do_see_other(self) -> bool:
        return self.send(b"", 303, Location="/good")

    def do_cuts(self) -> bool:
        self.close_connection = self.is_first()
        return self.close_connection

    def do_cuts_answer(self) -> bool:
        if self.command == "PUT":
            return False
        self.close_connection = True
        return self.send(b"<http://e/s>", 200, Content_Length="1000")

    def do_html(self) -> bool:
        return self.command == "GET" and self.send(b"<html>", 200, Content_Type="text/html")

    def do_nonsense(self) -> bool:
        return self.command == "GET" and self.send(b"<html>\n")

    def do_endless(self) -> bool:
        if self.command == "PUT":
            return False
        self.send(b"", 200, Content_Length=str(10**12))
        while True:
            self.wfile.write(bytes(1 << 16))

    def do_silent(self) -> bool:
        time.sleep(2)
        return self.send(b"", 204)

    def do_slow(self) -> bool:
        if self.command == "PUT":
            return False
        self.send(b"", 200, Content_Length="1000")
        for _ in range(20):
            self.wfile.write(b"#")
            time.sleep(0.1)
        return True


class Server(ThreadingHTTPServer):
    daemon_threads = True
