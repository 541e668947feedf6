"""Temporary folders that last as long as their process, and do not outlive one that is killed for long."""

from __future__ import annotations

import atexit
import os
import time
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

try:
    import fcntl
except ImportError:  # Windows has no advisory locks; what a killed process leaves there stays
    fcntl = None  # type: ignore[assignment]

_YOUNG = 60  # seconds in which a folder that is not locked may be one that another process makes


def make_temporary_folder(prefix: str) -> Path:
    """Make an empty folder, which is removed at the end of this process and of those that it forks.

    Those of the same prefix whose processes were killed are removed first.

    Raises:
        OSError: if it cannot be made.
    """
    for left in Path(gettempdir()).glob(f"{prefix}*"):
        _remove_unless_held(left)
    folder = Path(mkdtemp(prefix=prefix)).resolve()
    if fcntl:
        # The lock ends with the last process that has the handle, however it ends.
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_SH)
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _remove_unless_held(folder: Path) -> None:
    """Remove a folder, unless a process holds it, or it is of another user."""
    if fcntl is None:
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if time.time() - os.fstat(handle).st_mtime > _YOUNG:
                rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
