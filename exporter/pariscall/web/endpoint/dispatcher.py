"""The dispatcher: gives each query to a worker, and says what became of it.

A worker is forked when none is idle. It answers one query at a time, and as many as it is fit for; then
its door is closed, and it ends. The fork server and a worker talk through the door: a stream in, on which a
query comes and its answer goes, and a byte out when all is said. Nothing is read from a worker but this byte.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial

from . import worker as work
from .limits import EndpointLimits

_MOST_QUERIES = 100  # of one worker


class ExitReason(Enum):
    """Why the work on a query ended: finished, timed out, crashed, or unknown."""

    FINISHED = b"."
    TIMED_OUT = b"t"
    CRASHED = b"!"
    UNKNOWN = b""  # read when the fork server itself is gone


@dataclass(eq=False)
class _Job:
    """A query at work: the socket that tells when it is given up, and takes its ``ExitReason``."""

    control_socket: socket.socket
    deadline: float
    is_late: bool = False


@dataclass(eq=False)
class _Worker:
    """A process that answers queries, and its work if it has any."""

    pid: int
    door: socket.socket
    job: _Job | None = None
    queries: int = 0
    is_killed: bool = False


class Dispatcher:
    """Dispatches the queries that come over a socket, in a process that has one thread."""

    def __init__(self, orders: socket.socket, served: work.Served, limits: EndpointLimits) -> None:
        self._orders = orders
        self._served = served
        self._limits = limits
        self._workers: dict[int, _Worker] = {}
        self._idle: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._is_open = True

    def run(self) -> None:
        """Dispatch queries until the other end of the socket is closed."""
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(woken, selectors.EVENT_READ, partial(woken.recv, 4096))
        self._selector.register(self._orders, selectors.EVENT_READ, self._take_order)
        while self._is_open:
            events = [key for key, _ in self._selector.select(self._next_deadline())]
            # An order comes last, so that it goes to no worker that has just died.
            for key in sorted(events, key=lambda key: key.fileobj is self._orders):
                key.data()
            self._kill_the_late()
            self._reap()
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _take_order(self) -> None:
        message, files, _, _ = socket.recv_fds(self._orders, 1, 2)
        if not message:
            self._is_open = False
            return
        stream, control_socket = (socket.socket(fileno=file) for file in files)
        with stream:
            worker = self._give(stream)
        if worker is None:  # both sockets close without a reason
            control_socket.close()
            return
        worker.job = job = _Job(control_socket, time.monotonic() + self._limits.seconds)
        worker.queries += 1
        given_up = partial(self._give_up, worker, job)
        self._selector.register(control_socket, selectors.EVENT_READ, given_up)

    def _give(self, stream: socket.socket) -> _Worker | None:
        """Give a query to an idle worker, or to a new one; None if no process can be made."""
        while self._idle:
            worker = self._idle.pop()
            with suppress(OSError):  # it has just died
                socket.send_fds(worker.door, [b"q"], [stream.fileno()])
                return worker
        new = self._fork()
        if new:
            socket.send_fds(new.door, [b"q"], [stream.fileno()])
        return new

    def _fork(self) -> _Worker | None:
        door, their_door = socket.socketpair()
        with their_door:
            try:
                pid = os.fork()
            except OSError:
                door.close()
                return None
            if pid == 0:
                work.run(their_door, self._served, self._limits)
        door.settimeout(0)
        worker = self._workers[pid] = _Worker(pid, door)
        self._selector.register(door, selectors.EVENT_READ, partial(self._listen, worker))
        return worker

    def _listen(self, worker: _Worker) -> None:
        """Hear whether a worker is done, and can go on."""
        if worker.door.fileno() < 0:
            return
        try:
            said = worker.door.recv(1)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if said:
            self._conclude(worker, ExitReason.FINISHED)
        is_fit = said == work.FIT and worker.queries < _MOST_QUERIES
        if is_fit and not worker.is_killed:
            self._idle.append(worker)
        else:
            self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        """Close the door of a worker, which then ends."""
        if worker in self._idle:
            self._idle.remove(worker)
        self._selector.unregister(worker.door)
        worker.door.close()

    def _give_up(self, worker: _Worker, job: _Job) -> None:
        """Kill the worker of a query that is given up, unless it has done with it already."""
        if worker.job is job:
            self._selector.unregister(job.control_socket)
            self._kill(worker)

    def _kill(self, worker: _Worker) -> None:
        worker.is_killed = True
        os.kill(worker.pid, signal.SIGKILL)

    def _kill_the_late(self) -> None:
        for worker in self._workers.values():
            job = worker.job
            if job and job.deadline <= time.monotonic() and not job.is_late:
                job.is_late = True
                self._kill(worker)

    def _next_deadline(self) -> float | None:
        jobs = [worker.job for worker in self._workers.values() if worker.job]
        deadlines = [job.deadline for job in jobs if not job.is_late]
        return max(0, min(deadlines) - time.monotonic()) if deadlines else None

    def _reap(self) -> None:
        while self._workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            worker = self._workers.pop(pid)
            self._listen(worker)  # it may have said that it was done
            if worker.job:
                late = worker.job.is_late or status in (signal.SIGALRM, signal.SIGXCPU)
                self._conclude(worker, ExitReason.TIMED_OUT if late else ExitReason.CRASHED)
            if worker.door.fileno() >= 0:
                self._dismiss(worker)

    def _conclude(self, worker: _Worker, exit_reason: ExitReason) -> None:
        """Say why the work of a worker ended, if it had any."""
        job, worker.job = worker.job, None
        if job is None:
            return
        if job.control_socket in self._selector.get_map():
            self._selector.unregister(job.control_socket)
        with suppress(OSError):  # the pool may have closed its end
            job.control_socket.send(exit_reason.value)
        job.control_socket.close()
