"""The files that a folder of tables is read from, and whether they are as they were."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .csvw import SIGNATORIES, metadata_file, read_schema


class TableFiles:
    """The description of the tables, and the file of each, which may be missing.

    Raises:
        TableError: if there is no description.
    """

    def __init__(self, folder: Path) -> None:
        tables = (table.path for table in read_schema(folder).tables)
        self.paths = sorted({metadata_file(folder), folder / SIGNATORIES, *tables})
        self._states = self._read_states()

    def are_unchanged(self) -> bool:
        """Report whether no file was written, added or removed since."""
        return self._read_states() == self._states

    def digest(self) -> str:
        """Return the hash of the names and the bytes of all files that are there."""
        digest = hashlib.sha256()
        for path in self.paths:
            if path.exists():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.name} {content}\n".encode())
        return digest.hexdigest()

    def _read_states(self) -> list[tuple[int, int, int] | None]:
        """Return what tells that a file is another: its node, its size and when it was written."""
        return [_state(path) for path in self.paths]


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
