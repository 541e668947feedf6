"""The archive that a workbook is: which files are in it, once its size is known to be bearable."""

from __future__ import annotations

import io
import zipfile

from ...errors import TableError

LARGEST_UNPACKED = 64 << 20


def names_in(content: bytes, name: str) -> set[str]:
    """Return the names of the files in an archive.

    Raises:
        TableError: if it is damaged, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError):  # ValueError: its directory points nowhere
        raise TableError([f"{name}: not a workbook: the file is cut or damaged."]) from None
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        limit = f"{LARGEST_UNPACKED >> 20} MB"
        raise TableError([f"{name}: it unpacks to more than {limit}. Save the list as CSV."])
    return {member.filename for member in members}


def read_member(content: bytes, name: str, member: str) -> bytes:
    """Return a file of an archive.

    Raises:
        TableError: if it is not there, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(member)
    except Exception as error:  # noqa: BLE001 zipfile lets through what its decompressors raise
        kind = type(error).__name__
        raise TableError([f"{name}: {member} in it cannot be read ({kind})."]) from None
