"""Work done beside other work: in a process of its own, where processes can be forked."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def run_in_background(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
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


def end_with_parent() -> None:
    """Have this process killed when its parent is gone, where the kernel does that: on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _send(work: Callable[[], T], sender: Connection) -> None:
    end_with_parent()  # it holds the locks of its parent, and may write where the next run does
    with suppress(BaseException):
        sender.send(work())


def _receive(results: Connection, work: Callable[[], T]) -> T:
    try:
        result: T = results.recv()
    except (EOFError, OSError):
        return work()
    return result
