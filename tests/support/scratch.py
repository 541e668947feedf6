"""Print the folder for what the tests write and delete again: in memory, if there is room for it.

They make hundreds of thousands of files, which on a disk takes some tests half as long again.
"""

from __future__ import annotations

import os
import tempfile

_MEMORY = "/dev/shm"  # noqa: S108 pytest makes a folder of its own there
_ROOM = 8 << 30  # bytes: the tests write under 2 GB, and their processes need the rest


def scratch() -> str:
    """Return a folder of Linux in memory in which programs may run, or that of all programs."""
    try:
        found = os.statvfs(_MEMORY)
    except (AttributeError, OSError):
        return tempfile.gettempdir()
    has_room = found.f_bavail * found.f_frsize >= _ROOM
    is_usable = os.access(_MEMORY, os.W_OK) and not found.f_flag & os.ST_NOEXEC
    return _MEMORY if has_room and is_usable else tempfile.gettempdir()


if __name__ == "__main__":
    print(scratch())
