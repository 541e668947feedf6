"""The fork server of the endpoint as a process that a test can stop, and queries for it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass

from pariscall.web.endpoint.dispatcher import ExitReason
from pariscall.web.endpoint.fork_server import GraphSource
from pariscall.web.endpoint.limits import EndpointLimits
from pariscall.web.endpoint.sandbox import IDLE
from pariscall.web.endpoint.worker import QueryRequest
from support.command import EXAMPLE
from support.server import named_workers

CSV, JSON, XML, TURTLE = (
    *("text/csv", "application/sparql-results+json", "application/sparql-results+xml"),
    "text/turtle",
)


def query(text: str, rows: str = CSV, graph: str = TURTLE, *, whole: bool = False) -> QueryRequest:
    return QueryRequest(text, "http://example.org/", (), (), rows, graph, whole)


@dataclass
class Job:
    """A query that a worker has: what it says on the stream, and why it ended."""

    stream: socket.socket
    control_socket: socket.socket

    def say(self, request: QueryRequest) -> None:
        self.stream.sendall(json.dumps({"query": asdict(request)}).encode())
        self.stream.shutdown(socket.SHUT_WR)

    def answer(self) -> bytes:
        with self.stream.makefile("rb") as file:
            return file.read()

    def exit_reason(self) -> ExitReason:
        return ExitReason(self.control_socket.recv(1))

    def give_up(self) -> None:
        self.control_socket.shutdown(socket.SHUT_WR)


class ForkServer:
    """A fork server, as the pool has it."""

    def __init__(self, limits: EndpointLimits) -> None:
        self.sockets = ExitStack()
        self.orders, theirs = map(self.sockets.enter_context, socket.socketpair())
        order = {"source": asdict(GraphSource((str(EXAMPLE),))), "limits": asdict(limits)}
        command = [sys.executable, "-m", "pariscall.web.endpoint.fork_server", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                [
                    *command,
                    json.dumps({**order, "url": "http://example.org/", "is_matched": False}),
                ],
                pass_fds=[theirs.fileno()],
            )
        with self.orders.makefile("rb") as file:
            assert "digest" in json.loads(file.readline())

    def give(self) -> Job:
        stream, their_stream = socket.socketpair()
        control_socket, their_control_socket = socket.socketpair()
        for end in (stream, control_socket):
            self.sockets.enter_context(end).settimeout(20)
        with their_stream, their_control_socket:
            files = [their_stream.fileno(), their_control_socket.fileno()]
            socket.send_fds(self.orders, [b"q"], files)
        return Job(stream, control_socket)

    def ask(self, request: QueryRequest) -> tuple[bytes, ExitReason]:
        job = self.give()
        job.say(request)
        return job.answer(), job.exit_reason()

    def workers(self) -> list[int]:
        return list(named_workers(self.process.pid))

    def idle(self) -> list[int]:
        """Return the workers without work."""
        return [pid for pid, name in named_workers(self.process.pid).items() if name == IDLE]

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Keep the fork server from seeing what happens."""
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def started(limits: EndpointLimits) -> Iterator[ForkServer]:
    running = ForkServer(limits)
    try:
        yield running
    finally:
        running.sockets.close()
        with suppress(subprocess.TimeoutExpired):
            running.process.wait(5)
        running.process.kill()
        running.process.wait()
