"""The worker pool: starts the fork server, restarts it when it dies, and sends it queries."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from ...errors import MisuseError, PariscallError, UnreadableError
from ...io.project_process import environment_of
from ...project import Project
from ...rdf.statistics import Statistics
from .dispatcher import ExitReason
from .fork_server import GraphSource
from .limits import EndpointLimits
from .reconciler import ReconcileRequest
from .turns import BusyError, Turns
from .worker import DocumentRequest, QueryRequest, ResponseHead

_KINDS = {QueryRequest: "query", DocumentRequest: "document", ReconcileRequest: "reconcile"}
_BLOCK = 64 * 1024
_PAUSE = 5  # seconds before the next attempt to start the fork server
_GRACE = 2  # seconds in which the fork server must end a worker, or itself


WorkerRequest = QueryRequest | DocumentRequest | ReconcileRequest


class BrokenOffError(Exception):
    """A worker ended before its response was complete, or was given up."""

    def __init__(self, exit_reason: ExitReason) -> None:
        super().__init__(exit_reason.name)
        self.exit_reason = exit_reason


@dataclass(frozen=True)
class GraphInfo:
    """What the fork server reports about its graph and its sandbox."""

    digest: str
    statistics: Statistics
    is_cut_off: bool
    documents: frozenset[str] = frozenset()


class WorkerResponse:
    """The response of a worker, while it is being written."""

    def __init__(self, stream: socket.socket, control_socket: socket.socket) -> None:
        self._stream = stream
        self._control_socket = control_socket
        self._writer: asyncio.StreamWriter | None = None
        self._exit_reason: ExitReason | None = None
        self._is_complete = False

    async def begin(self, request: WorkerRequest) -> None:
        """Send the request and read the head of the response.

        Raises:
            BrokenOffError: if the worker ends first.
        """
        loop = asyncio.get_running_loop()
        try:
            order = json.dumps({_KINDS[type(request)]: asdict(request)})
            await loop.sock_sendall(self._stream, order.encode())
            self._stream.shutdown(socket.SHUT_WR)
            self._reader, self._writer = await asyncio.open_unix_connection(sock=self._stream)
            self.head = ResponseHead(**json.loads(await self._reader.readuntil(b"\n")))
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.exit_reason()) from None

    async def whole(self, length: int) -> bytes:
        """Return the body of a response of known length.

        Raises:
            BrokenOffError: if the worker ends first.
        """
        try:
            body = await self._reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.exit_reason()) from None
        self._is_complete = True
        return body

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield the body of a response as it arrives.

        Raises:
            BrokenOffError: if the worker ends before the response is complete.
        """
        while part := await self._reader.read(_BLOCK):
            yield part
        exit_reason = await self.exit_reason()
        if exit_reason is not ExitReason.FINISHED:
            raise BrokenOffError(exit_reason)

    async def exit_reason(self) -> ExitReason:
        """Wait until the work has ended, and return why it ended."""
        if self._exit_reason is None:
            try:
                said = await asyncio.get_running_loop().sock_recv(self._control_socket, 1)
            except ConnectionError:
                said = b""
            self._exit_reason = ExitReason(said)
        return self._exit_reason

    async def close(self) -> None:
        """Kill the worker if it is still at work, and wait until it has ended.

        One whose response is complete is about to say so.
        """
        try:
            if self._is_complete:
                await self._wait()
            if self._exit_reason is None:
                with suppress(OSError):  # the fork server may have ended
                    self._control_socket.shutdown(socket.SHUT_WR)
                await self._wait()
        finally:
            self._control_socket.close()
            if self._writer:
                self._writer.close()
            self._stream.close()

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.exit_reason(), _GRACE)


class WorkerPool:
    """Answers queries over one graph, ``limits.workers`` at the same time.

    It is the graph of a project other than that of this process, if one is given. If names are
    matched (``is_matched``), they are those of the project.

    Raises, when it is started:
        UnreadableError, MisuseError: if the graph cannot be loaded.
    """

    def __init__(
        self,
        source: GraphSource,
        limits: EndpointLimits,
        url: str,
        project: Project | None = None,
        *,
        is_matched: bool = False,
    ) -> None:
        self._project = project
        self._order = {
            "source": asdict(source),
            "limits": asdict(limits),
            "url": url,
            "is_matched": is_matched,
        }
        self._limits = limits
        self._turns = Turns(limits.workers, limits.queue, limits.queue_timeout, limits.share)
        # Documents are cheap, and wait for no query.
        self._document_turns = Turns(
            limits.workers, limits.connections, limits.queue_timeout, limits.workers
        )
        self.is_up = False

    def start(self) -> None:
        """Start the fork server and wait until the graph is loaded."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._fork_server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "pariscall.web.endpoint.fork_server"),
                    *(str(theirs.fileno()), json.dumps(self._order)),
                ],
                env=environment_of(self._project) if self._project else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        with self._control.makefile("rb") as file:
            said: dict[str, Any] = json.loads(file.readline() or b'{"problem": "it died"}')
        if problem := said.get("problem"):
            self.stop()
            family = MisuseError if said.get("exit_code") == MisuseError.exit_code else None
            raise (family or UnreadableError)(problem)
        self._control.settimeout(0)
        self.graph = GraphInfo(
            said["digest"],
            Statistics(**said["statistics"]),
            said["is_cut_off"],
            frozenset(said["documents"]),
        )
        self.is_up = True

    def stop(self) -> None:
        """End the fork server and all its workers."""
        self.is_up = False
        self._control.close()
        try:
            self._fork_server.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._fork_server.kill()
            self._fork_server.wait()

    async def supervise(self) -> None:
        """Restart the fork server whenever it dies."""
        while True:
            with suppress(ConnectionError):
                await asyncio.get_running_loop().sock_recv(self._control, 1)
            self.stop()
            while not self.is_up:
                try:
                    await asyncio.to_thread(self.start)
                except PariscallError:
                    await asyncio.sleep(_PAUSE)

    @asynccontextmanager
    async def answer(
        self, request: WorkerRequest, client: str | None = None
    ) -> AsyncIterator[WorkerResponse]:
        """Return the response of a worker to a client, if it is known who it is.

        The worker has ended, or is idle, when this context ends.

        Raises:
            BusyError: if no worker is free, or none in time, or too many are the client's.
            BrokenOffError: if the worker ends before the head of its response.
        """
        is_cheap = isinstance(request, DocumentRequest)
        turns = self._document_turns if is_cheap else self._turns
        async with turns.take(client):
            answer = self._order_work()
            try:
                try:
                    await asyncio.wait_for(answer.begin(request), self._limits.seconds + _GRACE)
                except TimeoutError:
                    raise BrokenOffError(ExitReason.UNKNOWN) from None
                yield answer
            finally:
                await answer.close()

    def _order_work(self) -> WorkerResponse:
        stream, their_stream = socket.socketpair()
        control_socket, their_control_socket = socket.socketpair()
        stream.settimeout(0)
        control_socket.settimeout(0)
        with their_stream, their_control_socket:
            try:
                files = [their_stream.fileno(), their_control_socket.fileno()]
                socket.send_fds(self._control, [b"q"], files)
            except OSError:  # the fork server is starting, or does not read
                stream.close()
                control_socket.close()
                raise BusyError from None
        return WorkerResponse(stream, control_socket)
