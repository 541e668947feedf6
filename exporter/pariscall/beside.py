"""Work done beside other work: in a process of its own, where processes can be forked."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Do work, whose result can be pickled, while the body does other work.

    Gives a function, to be called once, that waits for the result. What fails beside is done
    again by that function, where the error can be told.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    forking = multiprocessing.get_context("fork")
    results, sender = forking.Pipe(duplex=False)
    process = forking.Process(target=_send, args=(work, sender))
    with warnings.catch_warnings():
        # Threads of libraries are not there in the child, whose work goes without them.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()  # so that what the child sends has an end
    try:
        yield lambda: _receive(results, work)
    finally:
        process.kill()
        process.join()
        results.close()


def _send(work: Callable[[], T], sender: Connection) -> None:
    with suppress(BaseException):
        sender.send(work())


def _receive(results: Connection, work: Callable[[], T]) -> T:
    try:
        result: T = results.recv()
    except (EOFError, OSError):
        return work()
    return result
