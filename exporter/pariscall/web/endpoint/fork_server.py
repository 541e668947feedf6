"""The fork server: a single-threaded process that holds the graph and forks a worker a query.

The ``WorkerPool`` runs it as ``python -m pariscall.web.endpoint.fork_server FD ORDER``. For each
query the pool sends one byte and two sockets over the socket FD. The first socket goes to the
worker. The second, the worker's control socket, stays here: the worker is killed when the pool shuts
it down, and the worker's ``ExitReason`` is written to it when the worker has ended.
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
from typing import Any

from pyoxigraph import DefaultGraph

from ...errors import PariscallError
from ...io.watchdog import limit_resource
from ...query.dataset import Dataset, read_dataset
from ...query.loading import read_store
from ...rdf.reader import InputOptions
from ...rdf.statistics import count
from . import document, worker
from .graph_documents import read_documents
from .limits import EndpointLimits
from .sandbox import OPEN_FILES, cut_network


@dataclass(frozen=True)
class GraphSource:
    """The graph to serve: RDF files, or the bundled graph, as of a date if there is one.

    Dates are written ``YYYY-MM-DD``.
    """

    files: tuple[str, ...] = ()
    as_of: str | None = None
    data_format: str | None = None
    allow_network: bool = False


class ExitReason(Enum):
    """Why a worker ended: finished, timed out, crashed, or unknown."""

    FINISHED = b"."
    TIMED_OUT = b"t"
    CRASHED = b"!"
    UNKNOWN = b""  # read when the fork server itself is gone


@dataclass
class _Worker:
    control_socket: socket.socket
    deadline: float
    is_late: bool = False


class _ForkServer:
    def __init__(
        self, control: socket.socket, served: worker.Served, limits: EndpointLimits
    ) -> None:
        self._control = control
        self._served = served
        self._limits = limits
        self._workers: dict[int, _Worker] = {}
        self._selector = selectors.DefaultSelector()
        self._is_open = True

    def run(self) -> None:
        """Fork and reap workers until the other end of the control socket is closed."""
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(woken, selectors.EVENT_READ, partial(woken.recv, 4096))
        self._selector.register(self._control, selectors.EVENT_READ, self._fork)
        while self._is_open:
            for key, _ in self._selector.select(self._next_deadline()):
                key.data()
            for pid, worker_process in self._workers.items():
                if worker_process.deadline <= time.monotonic() and not worker_process.is_late:
                    worker_process.is_late = True
                    os.kill(pid, signal.SIGKILL)
            self._reap()
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _next_deadline(self) -> float | None:
        deadlines = [
            worker_process.deadline
            for worker_process in self._workers.values()
            if not worker_process.is_late
        ]
        return max(0, min(deadlines) - time.monotonic()) if deadlines else None

    def _fork(self) -> None:
        message, files, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            self._is_open = False
            return
        stream, control_socket = (socket.socket(fileno=file) for file in files)
        try:
            pid = os.fork()
        except OSError:  # no process can be made: both sockets close without a reason
            stream.close()
            control_socket.close()
            return
        if pid == 0:
            worker.run(stream, self._served, self._limits)
        stream.close()
        self._workers[pid] = _Worker(control_socket, time.monotonic() + self._limits.seconds)
        self._selector.register(control_socket, selectors.EVENT_READ, partial(self._kill, pid))

    def _kill(self, pid: int) -> None:
        self._selector.unregister(self._workers[pid].control_socket)
        os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self._workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            ended = self._workers.pop(pid)
            late = ended.is_late or status in (signal.SIGALRM, signal.SIGXCPU)
            exit_reason = (
                ExitReason.FINISHED
                if status == 0
                else ExitReason.TIMED_OUT
                if late
                else ExitReason.CRASHED
            )
            if ended.control_socket in self._selector.get_map():
                self._selector.unregister(ended.control_socket)
            with suppress(OSError):  # the pool may have closed its end
                ended.control_socket.send(exit_reason.value)
            ended.control_socket.close()


def main() -> None:
    """Load the graph, describe it to the pool, and serve queries."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    order = json.loads(sys.argv[2])
    limit_resource(resource.RLIMIT_NOFILE, OPEN_FILES)
    try:
        source = GraphSource(**order["source"])
        served = _load(source, order["url"])
    except PariscallError as error:
        _say(control, {"problem": str(error), "exit_code": error.exit_code})
        return
    _say(control, {**_describe(served), "is_cut_off": cut_network()})
    gc.freeze()  # so that workers share these pages of memory
    _ForkServer(control, served, EndpointLimits(**order["limits"])).run()


def _load(source: GraphSource, url: str) -> worker.Served:
    dataset = _read(source)
    document.template()
    documents = read_documents(dataset.store, url, is_bundled=not source.files)
    return worker.Served(dataset, documents, url)


def _read(source: GraphSource) -> Dataset:
    if source.files:
        return read_dataset(source.files, InputOptions(source.data_format, source.allow_network))
    return Dataset(read_store(as_of=date.fromisoformat(source.as_of) if source.as_of else None))


def _describe(served: worker.Served) -> dict[str, Any]:
    store = served.dataset.store
    digest = hashlib.sha256()
    for line in sorted(str(quad) for quad in store):
        digest.update(line.encode())
    default = store.quads_for_pattern(None, None, None, DefaultGraph())
    return {
        "digest": digest.hexdigest(),
        "statistics": asdict(count(default)),
        "documents": served.documents.names,
    }


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
