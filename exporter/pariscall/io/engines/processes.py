"""Work in processes of this machine, which are forked from this one."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from ...errors import EngineError
from ..background import end_with_parent
from ..watchdog import can_watch
from . import TRIES, Counter, Item

I = TypeVar("I", bound=Item)  # noqa: E741 an item
R = TypeVar("R")


class Processes:
    """Does work in so many processes; one that ends before its work is done is replaced.

    With one process, or where none can be forked, the work is done in this one.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs if can_watch() else 1

    def map(
        self, work: Callable[[I], R], items: Sequence[I], count: Counter = lambda _number: None
    ) -> list[R]:
        """Return the results of the work on all items, in the order of the items.

        Raises:
            EngineError: if the processes that worked on an item were ended again and again.
            Exception: what the work raised.
        """
        jobs = min(self.jobs, len(items))
        if jobs > 1:
            return _Run(work, items).results(jobs, count)
        results = []
        for number, item in enumerate(items, 1):
            results.append(work(item))
            count(number)
        return results


class _Worker:
    """A process that works on items, whose numbers it is given one by one."""

    def __init__(
        self, work: Callable[[I], object], items: Sequence[I], others: Sequence[Connection]
    ) -> None:
        forking = multiprocessing.get_context("fork")
        self.connection, theirs = forking.Pipe()
        self.item: int | None = None
        self._process = forking.Process(
            target=_serve, args=(work, items, theirs, [self.connection, *others]), daemon=True
        )
        with warnings.catch_warnings():
            # Threads of libraries are not there in the child, whose work goes without them.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()  # so that reading ends when the child does

    def give(self, item: int) -> None:
        """Have it work on an item."""
        self.item = item
        with suppress(OSError):  # it has ended, which is seen when its result is read
            self.connection.send(item)

    def end(self) -> int | None:
        """End the process, and return how it ended."""
        self._process.kill()
        self._process.join()
        self.connection.close()
        return self._process.exitcode


class _Run(Generic[I, R]):
    def __init__(self, work: Callable[[I], R], items: Sequence[I]) -> None:
        self._work, self._items = work, items
        self._waiting = deque(range(len(items)))
        self._tries = [0] * len(items)
        self._results: dict[int, R] = {}
        self._workers: list[_Worker] = []

    def results(self, jobs: int, count: Counter) -> list[R]:
        try:
            for _ in range(jobs):
                self._start()
            while len(self._results) < len(self._items):
                self._hand_out()
                for worker in self._answering():
                    self._take(worker)
                count(len(self._results))
        finally:
            for worker in self._workers:
                worker.end()
        return [self._results[number] for number in range(len(self._items))]

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.item is None and self._waiting:
                worker.give(self._waiting.popleft())

    def _answering(self) -> list[_Worker]:
        ready = set(map(id, wait([worker.connection for worker in self._workers])))
        return [worker for worker in self._workers if id(worker.connection) in ready]

    def _take(self, worker: _Worker) -> None:
        try:
            is_done, outcome = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        if not is_done:
            raise outcome
        assert worker.item is not None  # noqa: S101 what answers was given an item
        self._results[worker.item] = outcome
        worker.item = None

    def _replace(self, worker: _Worker) -> None:
        """Replace a process that has ended, and have its item done again."""
        self._workers.remove(worker)
        code = worker.end()
        if worker.item is not None:
            self._tries[worker.item] += 1
            if self._tries[worker.item] == TRIES:
                raise EngineError(
                    f"{self._items[worker.item].location}: the process that worked on this ended "
                    f"{TRIES} times, at last {_ending(code)}. See whether there is memory enough, "
                    "or use fewer --jobs."
                )
            self._waiting.appendleft(worker.item)
        self._start()

    def _start(self) -> None:
        others = [worker.connection for worker in self._workers]
        self._workers.append(_Worker(self._work, self._items, others))


def _ending(code: int | None) -> str:
    return f"by signal {-code}" if code and code < 0 else f"with code {code}"


def _serve(
    work: Callable[[I], object],
    items: Sequence[I],
    connection: Connection,
    inherited: Sequence[Connection],
) -> None:
    """Work on the items whose numbers come, until the parent ends."""
    end_with_parent()  # it holds the locks of its parent, and may write where the next run does
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            connection.send(_outcome(work, items[connection.recv()]))


def _outcome(work: Callable[[I], object], item: I) -> tuple[bool, Any]:
    try:
        return True, work(item)
    except Exception as error:  # noqa: BLE001 it is raised again by the parent
        error.add_note(traceback.format_exc())
        return False, error
