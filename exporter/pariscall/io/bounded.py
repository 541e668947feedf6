"""Reading of files that others made, which may be no files, or have no end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..errors import UnreadableError, relative


def read_bounded(path: Path, size: int) -> bytes:
    """Return the content of a regular file.

    Raises:
        OSError: if there is none, it is not a regular file, or has more than ``size`` bytes.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 a pipe must not be waited for
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "this is not a regular file", str(path))
        content = file.read(min(found.st_size, size) + 1)
    if len(content) > size:
        raise OSError(errno.EFBIG, f"it is longer than {size:,} bytes", str(path))
    return content


def read_text(path: Path, size: int) -> str:
    """Return the text of a regular file in UTF-8.

    Raises:
        UnreadableError: as ``read_bounded``, or if it is not UTF-8.
    """
    try:
        return read_bounded(path, size).decode()
    except OSError as error:
        raise UnreadableError(f"{relative(path)}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"{relative(path)}: not UTF-8. Save the file as UTF-8.") from None
