"""The nursery: a process with one thread that holds the graph and forks a child a query.

It is run as ``python -m pariscall.web.endpoint.fork_server FD ORDER`` by the ``Engine``, whose end of the
socket FD brings a byte a query, along with two sockets. The one goes to the child. The other, the
lifeline, stays here: when it is shut, the child is killed, and when the child has ended, its
``Ending`` is written there.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from ...errors import PariscallError
from ...query.loading import read_store
from ...query.queries import store_of
from ...rdf.statistics import count
from . import worker
from .limits import Limits
from .sandbox import OPEN_FILES, cut_network, limit


@dataclass(frozen=True)
class Source:
    """The graph to serve: RDF files, or else the bundled graph, replayed to a day if one is named.

    Days are spelt ``YYYY-MM-DD``.
    """

    files: tuple[str, ...] = ()
    as_of: str | None = None


class Ending(Enum):
    """How a child ended: all said, out of time, dead for another reason, or nobody knows."""

    DONE = b"."
    LATE = b"t"
    DEAD = b"!"
    LOST = b""  # what is read from a lifeline whose nursery is gone


@dataclass
class _Child:
    lifeline: socket.socket
    deadline: float
    is_late: bool = False


class _Nursery:
    def __init__(self, control: socket.socket, store: Store, limits: Limits) -> None:
        self._control = control
        self._store = store
        self._limits = limits
        self._children: dict[int, _Child] = {}
        self._selector = selectors.DefaultSelector()
        self._is_open = True

    def run(self) -> None:
        """Fork and reap children until the other end of the control socket is closed."""
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(woken, selectors.EVENT_READ, partial(woken.recv, 4096))
        self._selector.register(self._control, selectors.EVENT_READ, self._fork)
        while self._is_open:
            for key, _ in self._selector.select(self._patience()):
                key.data()
            for pid, young in self._children.items():
                if young.deadline <= time.monotonic() and not young.is_late:
                    young.is_late = True
                    os.kill(pid, signal.SIGKILL)
            self._reap()
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _patience(self) -> float | None:
        deadlines = [young.deadline for young in self._children.values() if not young.is_late]
        return max(0, min(deadlines) - time.monotonic()) if deadlines else None

    def _fork(self) -> None:
        message, files, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            self._is_open = False
            return
        stream, lifeline = (socket.socket(fileno=file) for file in files)
        try:
            pid = os.fork()
        except OSError:  # no room for a process: both sockets close without an ending
            stream.close()
            lifeline.close()
            return
        if pid == 0:
            worker.run(stream, self._store, self._limits)
        stream.close()
        self._children[pid] = _Child(lifeline, time.monotonic() + self._limits.seconds)
        self._selector.register(lifeline, selectors.EVENT_READ, partial(self._kill, pid))

    def _kill(self, pid: int) -> None:
        self._selector.unregister(self._children[pid].lifeline)
        os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            ended = self._children.pop(pid)
            late = ended.is_late or status in (signal.SIGALRM, signal.SIGXCPU)
            ending = Ending.DONE if status == 0 else Ending.LATE if late else Ending.DEAD
            if ended.lifeline in self._selector.get_map():
                self._selector.unregister(ended.lifeline)
            with suppress(OSError):  # nobody may care any more
                ended.lifeline.send(ending.value)
            ended.lifeline.close()


def main() -> None:
    """Load the graph, say what is in it, and serve queries."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    order = json.loads(sys.argv[2])
    limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    try:
        store = _load(Source(**order["source"]))
    except PariscallError as error:
        _say(control, {"problem": str(error), "exit_code": error.exit_code})
        return
    _preload()
    _say(control, {**_describe(store), "is_cut_off": cut_network()})
    gc.freeze()  # so that a child does not copy what it only reads
    _Nursery(control, store, Limits(**order["limits"])).run()


def _load(source: Source) -> Store:
    if source.files:
        return store_of([Path(file) for file in source.files])
    return read_store(as_of=date.fromisoformat(source.as_of) if source.as_of else None)


def _preload() -> None:
    """Import what a child needs to look for clauses; a child can open no file."""
    from ...rdf.sparql import check_is_local

    check_is_local("ASK {} # SERVICE")


def _describe(store: Store) -> dict[str, Any]:
    digest = hashlib.sha256()
    for line in sorted(str(quad) for quad in store):
        digest.update(line.encode())
    return {"digest": digest.hexdigest(), "statistics": asdict(count(store))}


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
