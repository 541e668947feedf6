"""Run a function in a forked background process while the caller does something else."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class _Fork:
    """The process that forked this one."""

    parent = 0


if sys.platform == "linux":
    # What a child loads may wait for a lock that a thread of its parent held, so this is loaded here.
    _LIBC = ctypes.CDLL(None)
    os.register_at_fork(before=lambda: setattr(_Fork, "parent", os.getpid()))


@contextmanager
def run_in_background(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Run a function whose result can be pickled in the background, while the body runs.

    Yields a function, to be called once, that waits for the result. If the background process
    failed, that function runs the work again, so that the error can be raised.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    forking = multiprocessing.get_context("fork")
    results, sender = forking.Pipe(duplex=False)
    process = forking.Process(target=_send, args=(work, sender))
    with warnings.catch_warnings():
        # The child has no threads of libraries, and its work needs none.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()  # so that reading ends when the child does
    try:
        yield lambda: _receive(results, work)
    finally:
        process.kill()
        process.join()
        results.close()


def end_with_parent() -> None:
    """Have the kernel kill this forked process when its parent ends; only Linux does that."""
    if sys.platform == "linux":
        _LIBC.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != _Fork.parent:  # it had ended before the kernel was told
            os.kill(os.getpid(), signal.SIGKILL)


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
