"""What the tests and ``make serve-…`` need to know of a triple store."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import requests

from support.hosts import free_port
from support.process import stop

PATIENCE = 60  # seconds to start, or to stop


class MissingError(Exception):
    """A program is not installed; the message says how to get it."""


@dataclass(frozen=True)
class Endpoints:
    """Where a store is spoken to, and what to put into the environment to be let in."""

    graph_store: str
    update: str
    query: str
    environment: Mapping[str, str] = field(default_factory=dict)


class Server(Protocol):
    """A program that serves a triple store."""

    port: int  # the one that people know it by

    def command(self, folder: Path, port: int) -> list[str]:
        """Give the command that keeps its data in a folder, or raise ``MissingError``."""

    def endpoints(self, port: int) -> Endpoints:
        """Tell where it is spoken to."""


@contextmanager
def serve(server: Server, port: int = 0) -> Iterator[Endpoints]:
    """Run a server, on a free port unless one is given, until the block ends."""
    port = port or free_port()
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)), f"somebody listens on port {port}"
    with tempfile.TemporaryDirectory(prefix="pariscall-store-") as name:
        folder = Path(name)
        command = server.command(folder, port)
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, "FUSEKI_BASE": str(folder)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            endpoints = server.endpoints(port)
            _wait(endpoints.query, process, folder / "output")
            yield endpoints
        finally:
            stop(process, PATIENCE)


def _wait(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    """Wait until somebody answers, if only that he wants a password."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, output.read_text(errors="replace")
        try:
            requests.get(url, params={"query": "ASK {}"}, timeout=PATIENCE)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(output.read_text(errors="replace"))
