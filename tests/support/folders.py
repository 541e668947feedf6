"""A server of folders on loopback, made to misbehave file by file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

Answer = Callable[["Folders"], None]


class Folders(SimpleHTTPRequestHandler):
    """Serves folders, in parts if asked to; ``faults`` answer the paths that end so in their own way."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, str | None]]] = []
    faults: ClassVar[dict[str, Answer]] = {}

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def do_GET(self) -> None:
        """Answer in the way of the fault, or with the part or the whole of the file."""
        Folders.asked.append((self.path, self.headers.get("Range")))
        fault = next(
            (answer for end, answer in self.faults.items() if self.path.endswith(end)), None
        )
        try:
            if fault:
                fault(self)
            elif self.headers.get("Range") and Path(self.translate_path(self.path)).is_file():
                self.send_part(int(self.headers["Range"].removeprefix("bytes=").rstrip("-")))
            else:
                super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def content(self) -> bytes:
        """Give the file that was asked for."""
        return Path(self.translate_path(self.path)).read_bytes()

    def send_bytes(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer; a header given as ``Content_Length="x"`` replaces the right one."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def send_part(self, start: int) -> None:
        """Send the rest of a file."""
        content = self.content()
        if start >= len(content):
            self.send_bytes(b"", 416)
        else:
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self.send_bytes(content[start:], 206, Content_Range=span)


def status(number: int) -> Answer:
    return lambda handler: handler.send_bytes(b"no", number)


def instead(content: bytes) -> Answer:
    return lambda handler: handler.send_bytes(content)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder without faults at first, and yield its address."""
    Folders.asked.clear()
    Folders.faults.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Folders, directory=folder)) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
