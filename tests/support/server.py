"""What the tests of the endpoint share: the command as a server on a free port of loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from pariscall.web.endpoint.sandbox import IDLE

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
SECONDS = 1


@dataclass(frozen=True)
class Reply:
    """An answer: its status, headers in lower case and body, and whether it is all there."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool = True

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """A server that was started by the command."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log = log
        assert process.stdout is not None
        self.greeting = process.stdout.readline()
        self.port = int(self.greeting.rpartition(":")[2].partition("/")[0])

    def send(
        self, method: str, path: str, body: str | bytes | None = None, **headers: str
    ) -> Reply:
        """Send a request; ``content_type`` names the header Content-Type."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        try:
            connection.request(method, path, content, named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            try:
                return Reply(response.status, found, response.read())
            except (http.client.IncompleteRead, ConnectionError):
                return Reply(response.status, found, b"", is_whole=False)
        finally:
            connection.close()

    def get(self, query: str, accept: str = "*/*", **parameters: str) -> Reply:
        return self.send(
            "GET", f"/sparql?{urlencode({'query': query, **parameters})}", Accept=accept
        )

    def post(self, query: str, accept: str = "*/*") -> Reply:
        return self.send("POST", "/sparql", query, content_type=DIRECT, Accept=accept)

    def form(self, accept: str = "*/*", **parameters: str) -> Reply:
        body = urlencode(parameters, quote_via=quote)
        return self.send("POST", "/sparql", body, content_type=FORM, Accept=accept)

    def fork_server(self) -> int:
        """Give the process that holds the graph."""
        [pid] = workers(self.process.pid)
        return pid

    def at_work(self) -> list[int]:
        """Give the processes that work on queries, or begin to."""
        return [
            pid
            for fork_server in workers(self.process.pid)
            for pid, name in named_workers(fork_server).items()
            if name != IDLE
        ]

    def idle(self) -> list[int]:
        """Give the processes that wait for queries."""
        return [pid for pid, name in named_workers(self.fork_server()).items() if name == IDLE]

    def entries(self) -> list[dict[str, Any]]:
        """Read the access log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell the server to end, and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """Run a server for a while."""
    log = folder / "journal"
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "pariscall", "serve", "--port", "0", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            # Whoever runs the tests in the background may ignore SIGINT, which is inherited.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
    try:
        yield Server(process, log)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def serving_strangers(folder: Path) -> Iterator[Server]:
    """Run a server that gives a query ``SECONDS``, and whose graph must outlive all queries."""
    limits = ("--timeout", str(SECONDS), "--memory", "300", "--workers", "2")
    with serving(folder, *limits) as running:
        fork_server = running.fork_server()
        yield running
        assert running.fork_server() == fork_server, (
            "the fork server died, although only its workers may"
        )


def workers(parent: int) -> list[int]:
    """Give the workers of a process that are not dead."""
    return list(named_workers(parent))


def named_workers(parent: int) -> dict[int, str]:
    """Give the workers of a process that are not dead, with the names of the processes."""
    shown = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(maxsplit=3) for line in shown.splitlines())
    return {
        int(pid): name for pid, ppid, state, name in rows if int(ppid) == parent and state[0] != "Z"
    }


def is_alive(pid: int) -> bool:
    """Tell whether there is a process, dead ones aside."""
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(shown.strip()) and not shown.startswith("Z")


def wait_for(seconds: float, check: Any) -> bool:
    """Wait until something holds, and say whether it came to be."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.05)
    return bool(check())


needs_fork = not hasattr(os, "fork")
