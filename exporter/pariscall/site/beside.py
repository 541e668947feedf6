"""Work done beside other work: in a process of its own, where processes can be forked."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do work that ends in files, while the body does other work.

    What fails there is done again here after the body, where the error can be told.
    """
    if not hasattr(os, "fork"):
        yield
        work()
        return
    process = _fork(work)
    try:
        yield
    except BaseException:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        raise
    _, status = os.waitpid(process, 0)
    if status:
        work()


def _fork(work: Callable[[], object]) -> int:
    with warnings.catch_warnings():
        # Threads of libraries are not there in the child, which renders and writes without them.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return process
