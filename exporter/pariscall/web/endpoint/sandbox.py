"""The sandbox of a worker: what the kernel denies it, for good and for each query."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ...io.background import end_with_parent
from ...io.watchdog import limit_memory, limit_resource
from .limits import EndpointLimits

BUSY, IDLE = "pariscall query", "pariscall idle"  # names of processes, 15 characters at most
OPEN_FILES = 256  # of the parent, so that a worker has few files to close
_DOOR = 3
_DESCRIPTORS = 5  # standard ones, the door, and the stream of a query
_SET_NAME = 15  # PR_SET_NAME of prctl(2)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


def cut_network() -> bool:
    """Move this process and its children into an empty network namespace; return whether it worked.

    Without privileges this needs a user namespace, which some systems do not allow.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    return 0 in (libc.unshare(flags) for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def sandbox(door: socket.socket, limits: EndpointLimits) -> socket.socket:
    """Deny this process everything but its door, which is returned, and one socket through it.

    The process is killed when its parent dies.
    """
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()
    os.dup2(1, 2)  # the message of a crash in Oxigraph
    os.dup2(door.detach(), _DOOR)
    os.closerange(_DOOR + 1, OPEN_FILES)
    limit_resource(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    limit_resource(resource.RLIMIT_FSIZE, 0)
    limit_resource(resource.RLIMIT_CORE, 0)
    limit_memory(limits.memory)
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=_DOOR)


@contextmanager
def at_work(limits: EndpointLimits) -> Iterator[None]:
    """Let no socket and no file be opened in the body, nor more time be taken than a query may take.

    The kernel kills a process that takes more. On Linux, programs that list processes see by its name
    whether it is at work.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, _DESCRIPTORS))
    seconds = math.ceil(limits.seconds) + 1
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime) + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )
    signal.alarm(seconds)
    _name_process(BUSY)
    yield
    _name_process(IDLE)
    signal.alarm(0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_DESCRIPTORS, _DESCRIPTORS))


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held at once."""
    unit = 1024 if sys.platform == "linux" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _name_process(name: str) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_NAME, name.encode())
