"""Whole files or none: written beside their final names, then renamed together."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import OutputError, relative

try:
    import fcntl
except ImportError:  # Windows has no advisory locks; two runs at once are not told apart there
    fcntl = None  # type: ignore[assignment]


class Staging:
    """A set of files that appear in a folder together, when all of them are whole.

    ``names`` are those of all that were begun.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []
        self._made: list[Path] = []
        self._open: dict[str, BinaryIO] = {}

    def make(self, folder: Path) -> None:
        """Make a folder and those above it, if they are not there."""
        missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            self._made.append(path)

    def create(self, name: str) -> BinaryIO:
        """Open a file for writing; it takes its name when the staging ends well."""
        path = self.folder / name
        self.make(path.parent)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has this name", str(path))
        self.names.append(name)  # before the file is there, so that none is forgotten
        self._open[name] = self._partial(name).open("wb")
        return self._open[name]

    def written(self, name: str) -> Path:
        """Give the path at which a file can be read before it has its name."""
        self._open[name].flush()
        return self._partial(name)

    def publish(self) -> None:
        """Flush every file to the disk and give it its name."""
        for file in self._open.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for name in self.names:
            self._partial(name).replace(self.folder / name)
        for folder in {(self.folder / name).parent for name in self.names}:
            sync_folder(folder)

    def discard(self) -> None:
        """Remove what was not published, and the folders that were made for it."""
        for file in self._open.values():
            with suppress(OSError):  # the disk that refused the data may refuse the rest too
                file.close()
        for name in self.names:
            self._partial(name).unlink(missing_ok=True)
        for folder in reversed(self._made):
            with suppress(OSError):  # it holds what was published
                folder.rmdir()

    def _partial(self, name: str) -> Path:
        path = self.folder / name
        return path.with_name(f".{path.name}.partial")


def write_file(path: Path, content: bytes) -> None:
    """Write one file: whole under its name, or not at all. A device is written as it is.

    Raises:
        OutputError: if it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{relative(path)}: cannot write: {error.strerror}.") from error


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Stage files in a folder, which is made if it is not there; one run at a time.

    Raises:
        OutputError: if the folder or a file cannot be written, or another run writes there.
    """
    stage = Staging(folder)
    try:
        stage.make(folder)
        with locked(folder):
            try:
                yield stage
                stage.publish()
            finally:
                stage.discard()
    except OSError as error:
        place = Path(error.filename) if isinstance(error.filename, str) else folder
        raise OutputError(
            f"{relative(place)}: cannot write: {error.strerror}. "
            "The files that were there are untouched."
        ) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs from writing in a folder.

    Raises:
        OutputError: if one does.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise OutputError(
            f"{relative(folder)}: another run is writing here. Wait for it to end."
        ) from None
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    if fcntl is None:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
