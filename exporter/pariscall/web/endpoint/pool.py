"""The engine: starts the nursery, starts it again should it die, and has queries answered there."""

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
from .fork_server import Ending, Source
from .limits import Limits
from .worker import Head, Question

_BLOCK = 64 * 1024
_PAUSE = 5  # seconds before another try to start what did not start
_GRACE = 2  # seconds in which the nursery must have seen to a child, or to itself


class BusyError(Exception):
    """All children are at work and the queue is full, or the nursery is being started."""


class BrokenOffError(Exception):
    """A child ended before everything was said."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.name)
        self.ending = ending


@dataclass(frozen=True)
class Graph:
    """What the nursery says of the graph that it holds, and of its own confinement."""

    digest: str
    statistics: Statistics
    is_cut_off: bool


class Answer:
    """An answer that a child is giving."""

    def __init__(self, stream: socket.socket, lifeline: socket.socket) -> None:
        self._stream = stream
        self._lifeline = lifeline
        self._writer: asyncio.StreamWriter | None = None
        self._ending: Ending | None = None

    async def begin(self, question: Question) -> None:
        """Send the question and read the head of the answer.

        Raises:
            BrokenOffError: if the child ends before.
        """
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._stream, json.dumps(asdict(question)).encode())
            self._stream.shutdown(socket.SHUT_WR)
            self._reader, self._writer = await asyncio.open_unix_connection(sock=self._stream)
            self.head = Head(**json.loads(await self._reader.readuntil(b"\n")))
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.ending()) from None

    async def whole(self, length: int) -> bytes:
        """Read an answer of known length.

        Raises:
            BrokenOffError: if the child ends before.
        """
        try:
            return await self._reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            raise BrokenOffError(await self.ending()) from None

    async def parts(self) -> AsyncIterator[bytes]:
        """Read an answer as it comes.

        Raises:
            BrokenOffError: if the child ends before everything was said.
        """
        while part := await self._reader.read(_BLOCK):
            yield part
        ending = await self.ending()
        if ending is not Ending.DONE:
            raise BrokenOffError(ending)

    async def ending(self) -> Ending:
        """Wait until the child is gone, and say how it went."""
        if self._ending is None:
            try:
                said = await asyncio.get_running_loop().sock_recv(self._lifeline, 1)
            except ConnectionError:
                said = b""
            self._ending = Ending(said)
        return self._ending

    async def close(self) -> None:
        """Have the child killed if it is still there, and wait until it is gone."""
        try:
            if self._ending is None:
                with suppress(OSError):  # the nursery may be gone
                    self._lifeline.shutdown(socket.SHUT_WR)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.ending(), _GRACE)
        finally:
            self._lifeline.close()
            if self._writer:
                self._writer.close()
            self._stream.close()


class Engine:
    """Answers queries over one graph, as many at once as there are turns.

    Raises, when it is started:
        UnreadableError, MisuseError: what kept the graph from being loaded.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self._order = {"source": asdict(source), "limits": asdict(limits)}
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.children)
        self._waiting = 0
        self.is_up = False

    def start(self) -> None:
        """Start the nursery and wait until it has loaded the graph."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._nursery = subprocess.Popen(
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
        self.graph = Graph(said["digest"], Statistics(**said["statistics"]), said["is_cut_off"])
        self.is_up = True

    def stop(self) -> None:
        """End the nursery, and with it all children."""
        self.is_up = False
        self._control.close()
        try:
            self._nursery.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._nursery.kill()
            self._nursery.wait()

    async def supervise(self) -> None:
        """Start the nursery again whenever it has died."""
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
    async def answer(self, question: Question) -> AsyncIterator[Answer]:
        """Have a child answer, of which nothing is left when this ends in any way.

        Raises:
            BusyError: if there is no turn, or none in time.
            BrokenOffError: if the child ends before the head of its answer.
        """
        async with self._turn():
            answer = self._fork()
            try:
                try:
                    await asyncio.wait_for(answer.begin(question), self._limits.seconds + _GRACE)
                except TimeoutError:
                    raise BrokenOffError(Ending.LOST) from None
                yield answer
            finally:
                await answer.close()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._turns.locked() and self._waiting >= self._limits.queue:
            raise BusyError
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turns.acquire(), self._limits.patience)
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def _fork(self) -> Answer:
        stream, their_stream = socket.socketpair()
        lifeline, their_lifeline = socket.socketpair()
        stream.settimeout(0)
        lifeline.settimeout(0)
        with their_stream, their_lifeline:
            try:
                files = [their_stream.fileno(), their_lifeline.fileno()]
                socket.send_fds(self._control, [b"q"], files)
            except OSError:  # it is being started, or does not listen
                stream.close()
                lifeline.close()
                raise BusyError from None
        return Answer(stream, lifeline)
