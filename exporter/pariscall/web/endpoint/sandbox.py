"""The sandbox of a worker: what the kernel denies it."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import socket
import sys

from ...io.background import end_with_parent
from ...io.watchdog import limit_resource
from .limits import EndpointLimits

OPEN_FILES = 256  # of the parent, so that a worker has few files to close
_STREAM = 3
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


def cut_network() -> bool:
    """Move this process and its children into an empty network namespace; return whether it worked.

    Without privileges this needs a user namespace, which some systems do not allow.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    return 0 in (libc.unshare(flags) for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def sandbox(stream: socket.socket, limits: EndpointLimits) -> socket.socket:
    """Deny this process everything but one socket, which is returned: no other socket, no file.

    The process is killed when its parent dies or when its time limit expires.
    """
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()
    os.dup2(1, 2)  # the message of a crash in Oxigraph
    os.dup2(stream.detach(), _STREAM)
    os.closerange(_STREAM + 1, OPEN_FILES)
    seconds = math.ceil(limits.seconds) + 1
    signal.alarm(seconds)
    limit_resource(resource.RLIMIT_CPU, seconds)
    limit_resource(resource.RLIMIT_NOFILE, 0)
    limit_resource(resource.RLIMIT_FSIZE, 0)
    limit_resource(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # macOS does not enforce it
        limit_resource(resource.RLIMIT_AS, limits.memory)
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=_STREAM)
