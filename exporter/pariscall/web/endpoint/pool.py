"""The worker pool: starts the fork server, starts it again should it die, and has queries answered there."""

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
from ...rdf.statistics import Statistics
from .fork_server import ExitReason, GraphSource
from .limits import EndpointLimits
from .worker import QueryRequest, ResponseHead

_BLOCK = 64 * 1024
_PAUSE = 5  # seconds before another try to start what did not start
_GRACE = 2  # seconds in which the fork server must have seen to a worker, or to itself


class BusyError(Exception):
    """All workers are at work and the queue is full, or the fork server is being started."""


class BrokenOffError(Exception):
    """A worker ended before everything was said."""

    def __init__(self, exit_reason: ExitReason) -> None:
        super().__init__(exit_reason.name)
        self.exit_reason = exit_reason


@dataclass(frozen=True)
class GraphInfo:
    """What the fork server says of the graph that it holds, and of its own confinement."""

    digest: str
    statistics: Statistics
    is_cut_off: bool


class WorkerResponse:
    """An answer that a worker is giving."""

    def __init__(self, stream: socket.socket, control_socket: socket.socket) -> None:
        self._stream = stream
        self._control_socket = control_socket
        self._writer: asyncio.StreamWriter | None = None
        self._exit_reason: ExitReason | None = None

    async def begin(self, query_request: QueryRequest) -> None:
        """Send the question and read the head of the answer.

        Raises:
            BrokenOffError: if the worker ends before.
        """
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._stream, json.dumps(asdict(query_request)).encode())
            self._stream.shutdown(socket.SHUT_WR)
            self._reader, self._writer = await asyncio.open_unix_connection(sock=self._stream)
            self.head = ResponseHead(**json.loads(await self._reader.readuntil(b"\n")))
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.exit_reason()) from None

    async def whole(self, length: int) -> bytes:
        """Read an answer of known length.

        Raises:
            BrokenOffError: if the worker ends before.
        """
        try:
            return await self._reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.exit_reason()) from None

    async def parts(self) -> AsyncIterator[bytes]:
        """Read an answer as it comes.

        Raises:
            BrokenOffError: if the worker ends before everything was said.
        """
        while part := await self._reader.read(_BLOCK):
            yield part
        exit_reason = await self.exit_reason()
        if exit_reason is not ExitReason.FINISHED:
            raise BrokenOffError(exit_reason)

    async def exit_reason(self) -> ExitReason:
        """Wait until the worker is gone, and say how it went."""
        if self._exit_reason is None:
            try:
                said = await asyncio.get_running_loop().sock_recv(self._control_socket, 1)
            except ConnectionError:
                said = b""
            self._exit_reason = ExitReason(said)
        return self._exit_reason

    async def close(self) -> None:
        """Have the worker killed if it is still there, and wait until it is gone."""
        try:
            if self._exit_reason is None:
                with suppress(OSError):  # the fork server may be gone
                    self._control_socket.shutdown(socket.SHUT_WR)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.exit_reason(), _GRACE)
        finally:
            self._control_socket.close()
            if self._writer:
                self._writer.close()
            self._stream.close()


class WorkerPool:
    """Answers queries over one graph, as many at once as there are turns.

    Raises, when it is started:
        UnreadableError, MisuseError: what kept the graph from being loaded.
    """

    def __init__(self, source: GraphSource, limits: EndpointLimits) -> None:
        self._order = {"source": asdict(source), "limits": asdict(limits)}
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self.is_up = False

    def start(self) -> None:
        """Start the fork server and wait until it has loaded the graph."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._fork_server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "pariscall.web.endpoint.fork_server"),
                    *(str(theirs.fileno()), json.dumps(self._order)),
                ],
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
        self.graph = GraphInfo(said["digest"], Statistics(**said["statistics"]), said["is_cut_off"])
        self.is_up = True

    def stop(self) -> None:
        """End the fork server, and with it all workers."""
        self.is_up = False
        self._control.close()
        try:
            self._fork_server.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._fork_server.kill()
            self._fork_server.wait()

    async def supervise(self) -> None:
        """Start the fork server again whenever it has died."""
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
    async def answer(self, query_request: QueryRequest) -> AsyncIterator[WorkerResponse]:
        """Have a worker answer, of which nothing is left when this ends in any way.

        Raises:
            BusyError: if there is no turn, or none in time.
            BrokenOffError: if the worker ends before the head of its answer.
        """
        async with self._turn():
            answer = self._fork()
            try:
                try:
                    await asyncio.wait_for(
                        answer.begin(query_request), self._limits.seconds + _GRACE
                    )
                except TimeoutError:
                    raise BrokenOffError(ExitReason.UNKNOWN) from None
                yield answer
            finally:
                await answer.close()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._turns.locked() and self._waiting >= self._limits.queue:
            raise BusyError
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turns.acquire(), self._limits.queue_timeout)
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def _fork(self) -> WorkerResponse:
        stream, their_stream = socket.socketpair()
        control_socket, their_control_socket = socket.socketpair()
        stream.settimeout(0)
        control_socket.settimeout(0)
        with their_stream, their_control_socket:
            try:
                files = [their_stream.fileno(), their_control_socket.fileno()]
                socket.send_fds(self._control, [b"q"], files)
            except OSError:  # it is being started, or does not listen
                stream.close()
                control_socket.close()
                raise BusyError from None
        return WorkerResponse(stream, control_socket)
