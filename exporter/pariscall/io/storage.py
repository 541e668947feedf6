"""Storage: folders of files, on this machine or, by an address as fsspec knows them, in an object store."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from ..errors import relative
from .atomic import exclusive, replace_folder, shared_staging, write_file, write_synced
from .bounded import read_bounded

# Two letters at least, for one is a drive of Windows.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Stage(Protocol):
    """Files that are begun one after the other, and get their names in this order when all are complete."""

    def create(self, name: str) -> BinaryIO:
        """Open a file for writing."""

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of what was written to a file so far."""


class Folder(Protocol):
    """A folder of files, by their names below it. What fails does so with an OSError.

    ``str()`` is how messages name it.
    """

    def below(self, name: str) -> Self:
        """Return a folder below this one."""

    def make(self) -> None:
        """Make the folder, where there must be one before its files."""

    def remove(self) -> None:
        """Remove the folder with all that is in it, as far as that can be done."""

    def entries(self) -> set[str]:
        """Return the names of what is directly in the folder, which need not be there."""

    def sizes(self) -> dict[str, int]:
        """Return how many bytes each file has, in the order of the names."""

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the content of a file, which must not have more than ``most`` bytes."""

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the contents of those files that are there."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file."""

    def whole(self, sums: Mapping[str, str]) -> set[str]:
        """Return which files, given with their SHA-256, are there and whole."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file of a folder that nobody reads yet."""

    def staged(self, mark: str) -> AbstractContextManager[Stage]:
        """Stage files beside others who write other files, or the same bytes.

        Args:
            mark: a text of this process alone, for temporary names.

        Raises:
            OutputError: if a file cannot be written.
        """

    def exclusive(self) -> AbstractContextManager[None]:
        """Make the folder, and keep other runs from writing there, where there is a lock.

        Raises:
            OutputError: if another run writes there, or anything in the body cannot be written.
        """

    def take(
        self, made: Self, names: Iterable[str], last: tuple[str, bytes], former: Sequence[str]
    ) -> None:
        """Put what was made in the place of what is here; the last file tells that all is complete.

        Args:
            made: where the files are, on the same storage; what else is there was left by others.
            names: of the files.
            last: the name and the content of the last file.
            former: the files and folders that this folder can have; what is not made goes.
        """


def has_scheme(place: str) -> bool:
    """Report whether a text is an address, such as ``s3://bucket/folder``, and no path."""
    return bool(_SCHEME.match(place))


def folder_at(place: str | Path) -> Folder:
    """Return the folder of a path, or of an address such as ``s3://bucket/folder``.

    Raises:
        MisuseError: if what knows such addresses is not installed.
    """
    if isinstance(place, Path) or not has_scheme(place):
        return LocalFolder(Path(place).resolve())
    from .objects import object_folder

    return object_folder(place)


@dataclass(frozen=True)
class LocalFolder:
    """A folder of this machine, or of one that all workers see."""

    path: Path

    def __str__(self) -> str:
        return relative(self.path)

    def below(self, name: str) -> LocalFolder:
        """Return a folder below this one."""
        return LocalFolder(self.path / name)

    def make(self) -> None:
        """Make the folder, and those that it is in."""
        self.path.mkdir(parents=True, exist_ok=True)

    def remove(self) -> None:
        """Remove the folder with all that is in it, as far as that can be done."""
        shutil.rmtree(self.path, ignore_errors=True)

    def entries(self) -> set[str]:
        """Return the names of what is directly in the folder, which need not be there."""
        try:
            return {path.name for path in self.path.iterdir()}
        except FileNotFoundError:
            return set()

    def sizes(self) -> dict[str, int]:
        """Return how many bytes each file has, in the order of the names."""
        return {
            name: (self.path / name).stat().st_size
            for name in sorted(
                path.relative_to(self.path).as_posix()
                for path in self.path.rglob("*")
                if path.is_file()
            )
        }

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the content of a file, which must be a regular one of at most so many bytes."""
        path = self.path / name
        return path.read_bytes() if most is None else read_bounded(path, most)

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the contents of those files that are there."""
        found = {}
        for name in names:
            with suppress(OSError):
                found[name] = (self.path / name).read_bytes()
        return found

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""
        return (self.path / name).open("rb")

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file."""
        with (self.path / name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def whole(self, sums: Mapping[str, str]) -> set[str]:
        """Return which files have their SHA-256."""
        found = set()
        for name, expected in sums.items():
            with suppress(OSError):
                if self.sha256(name) == expected:
                    found.add(name)
        return found

    def write(self, name: str, content: bytes) -> None:
        """Write a file and flush it to the disk."""
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        write_synced(path, content)

    def staged(self, mark: str) -> AbstractContextManager[Stage]:
        """Stage files, which are renamed when all are complete."""
        return shared_staging(self.path, mark)

    def exclusive(self) -> AbstractContextManager[None]:
        """Make the folder if it is missing, and lock it."""
        return exclusive(self.path)

    def take(
        self,
        made: LocalFolder,
        names: Iterable[str],
        last: tuple[str, bytes],
        former: Sequence[str],
    ) -> None:
        """Put what was made in the place of what is here, each folder at once; the last file is missing meanwhile."""
        listed = set(names)
        (self.path / last[0]).unlink(missing_ok=True)
        for name in made.sizes().keys() - listed:
            if name.partition("/")[0] in former:
                (made.path / name).unlink()  # by a worker that was killed
        for name in former:
            new, old = made.path / name, self.path / name
            if new.is_dir():
                replace_folder(old, new)
            elif new.is_file():
                new.replace(old)
            else:
                shutil.rmtree(old, ignore_errors=True)
        write_file(self.path / last[0], last[1], is_locked=True)
