"""Work in a process that may run out of time or memory, or crash, without harm to its caller."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import NoReturn, TypeVar

from .background import end_with_parent

T = TypeVar("T")


class TooLongError(Exception):
    """The work was not done in time."""


class CrashedError(Exception):
    """The process ended before its work was done, for want of memory or by a signal."""


def run_watched(
    work: Callable[[], T],
    seconds: float | None = None,
    memory: int | None = None,
    *,
    extra_memory: int | None = None,
) -> T:
    """Run work, whose result can be pickled, in a forked process, and return its result.

    Where no process can be forked, it runs in this one, without limits.

    Args:
        work: what to run.
        seconds: time after which the process is killed.
        memory: address space in bytes that the process may take, on Linux.
        extra_memory: the same, not counting what this process has already taken.

    Raises:
        TooLongError: if the work took longer.
        CrashedError: if the process ended before.
        Exception: what the work raised.
    """
    if not can_watch():
        return work()
    if extra_memory and sys.platform == "linux":
        memory = _address_space() + extra_memory
    results, sender = Pipe(duplex=False)
    with warnings.catch_warnings():
        # Threads of libraries are not there in the child, whose work goes without them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _run(work, sender, memory)
    sender.close()  # so that reading ends when the child does
    try:
        if not results.poll(seconds):
            raise TooLongError
        is_done, outcome = results.recv()
    except (EOFError, OSError):
        raise CrashedError from None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        results.close()
    if not is_done:
        raise outcome
    result: T = outcome
    return result


def can_watch() -> bool:
    """Return whether this system can fork a process."""
    return hasattr(os, "fork")


def limit_resource(kind: int, value: int) -> None:
    """Limit a resource of this process for good (getrlimit(2))."""
    import resource

    hard = resource.getrlimit(kind)[1]
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (allowed, allowed))


def limit_memory(size: int) -> None:
    """Limit the address space of this process to a number of bytes for good, on Linux.

    macOS keeps no such limit.
    """
    if sys.platform == "linux":
        import resource

        limit_resource(resource.RLIMIT_AS, size)
        # A backtrace needs memory, too. Rust would hold a lock for it, fail and want that lock again.
        os.environ["RUST_BACKTRACE"] = "0"


def _run(work: Callable[[], object], sender: Connection, memory: int | None) -> NoReturn:
    """Run work in the child; nothing that the parent opened is closed or tidied up here."""
    try:
        end_with_parent()
        gc.disable()  # the process ends with its work
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        _silence_native_code()
        if memory:
            limit_memory(memory)
        sender.send(_outcome(work))
    finally:
        os._exit(0)


def _address_space() -> int:
    """Return the address space of this process in bytes (proc_pid_statm(5))."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _outcome(work: Callable[[], object]) -> tuple[bool, object]:
    try:
        return True, work()
    except MemoryError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001 it is raised again by the parent
        error.add_note(traceback.format_exc())
        return False, error


def _silence_native_code() -> None:
    """Keep the last words of native code, such as those on a full stack, from standard error."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
