"""Atomic output: files are written under temporary names and renamed when all are complete."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
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
    """A set of files that appear in a folder together, when all of them are complete.

    ``names`` are those of all files that were begun. ``mark`` keeps the temporary names of two
    runs apart where the folder is not locked.
    """

    def __init__(self, folder: Path, mark: str = "") -> None:
        self.folder = folder
        self.names: list[str] = []
        self._mark = mark
        self._made: list[Path] = []
        self._open: dict[str, BinaryIO] = {}

    def make(self, folder: Path) -> None:
        """Make a folder and its parents, if they are missing."""
        for path in _missing(folder):
            path.mkdir(exist_ok=True)
            self._made.append(path)

    def create(self, name: str) -> BinaryIO:
        """Open a file for writing; ``publish`` gives it its name."""
        path = self.folder / name
        self.make(path.parent)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has this name", str(path))
        self.names.append(name)  # before the file is there, so that none is forgotten
        self._open[name] = self._partial(name).open("wb")
        return self._open[name]

    def written(self, name: str) -> Path:
        """Return the path at which a file can be read before it has its name."""
        self._open[name].flush()
        return self._partial(name)

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of what was written to a file so far."""
        with self.written(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def publish(self) -> None:
        """Flush every file to the disk and give it its name."""
        for file in self._open.values():
            _sync(file)
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
        return path.with_name(f".{path.name}{self._mark}.partial")


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Stage files in a folder, which is made if it is missing; one run at a time.

    Raises:
        OutputError: if the folder or a file cannot be written, or another run writes there.
    """
    stage = Staging(folder)
    with _output_errors(folder, " The files that were there are untouched."):
        stage.make(folder)
        with locked(folder), _published(stage):
            yield stage


@contextmanager
def shared_staging(folder: Path, mark: str) -> Iterator[Staging]:
    """Stage files in a folder in which others write other files, or the same bytes, meanwhile.

    They get their names in the order in which they were begun.

    Args:
        folder: that is there.
        mark: a text of this process alone, for the temporary names.

    Raises:
        OutputError: if a file cannot be written.
    """
    with _output_errors(folder), _published(Staging(folder, f".{mark}")) as stage:
        yield stage


def write_file(path: Path, content: bytes, *, is_locked: bool = False) -> None:
    """Write one file: complete under its name, or not at all. A device is written as it is.

    Args:
        path: of the file, in a folder that is made if it is missing.
        content: all of it.
        is_locked: whether the folder is locked; a file that a killed run left half-written is
            then written over.

    Raises:
        OutputError: if it cannot be written.
    """
    with _output_errors(path):
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        with _published(Staging(path.parent, "" if is_locked else f".{os.getpid()}")) as stage:
            stage.create(path.name).write(content)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file of a staged folder, and flush it to the disk before the folder is renamed."""
    with path.open("wb") as file:
        file.write(content)
        _sync(file)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Make a folder if it is missing, and keep other runs from writing there.

    Raises:
        OutputError: if another run writes there, or anything in the body cannot be written.
    """
    with _output_errors(folder):
        for path in _missing(folder):
            path.mkdir(exist_ok=True)
        with locked(folder):
            yield


@contextmanager
def staged_folder(final: Path, *, is_resumed: bool = False) -> Iterator[Path]:
    """Yield a folder to fill, which takes the name ``final`` when the body ends without an error.

    It replaces a folder of that name, which is there until then. The folder above is ``exclusive``.

    Args:
        final: the path of the folder when it is complete.
        is_resumed: whether an incomplete folder is kept for the next run, which goes on with it;
            otherwise it is removed, and so is that of a run that was killed.
    """
    partial = final.with_name(f".{final.name}.partial")
    if not is_resumed:
        shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(exist_ok=True)
        yield partial
        replace_folder(final, partial)
    finally:
        if not is_resumed:
            shutil.rmtree(partial, ignore_errors=True)


def replace_folder(final: Path, partial: Path) -> None:
    """Rename a folder to a name that another may have, which is there until then."""
    former = final.with_name(f".{final.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if final.exists():
        final.rename(former)
    partial.rename(final)
    sync_folder(final.parent)
    shutil.rmtree(former, ignore_errors=True)


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
    """Flush the names in a folder to the disk."""
    if fcntl is None:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _published(stage: Staging) -> Iterator[Staging]:
    try:
        yield stage
        stage.publish()
    finally:
        stage.discard()


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _missing(folder: Path) -> list[Path]:
    """Return the folders that must be made for a folder to be there, the outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    for path in missing:
        if path.exists() and not path.is_dir():  # another process may have made it meanwhile
            raise NotADirectoryError(errno.ENOTDIR, "a file has this name", str(path))
    return missing[::-1]


@contextmanager
def _output_errors(path: Path, consequence: str = "") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str) else path
        place = path if named.name.startswith(".") else named  # a temporary name says nothing
        problem = f"{relative(place)}: cannot write: {error.strerror}.{consequence}"
        raise OutputError(problem) from error
