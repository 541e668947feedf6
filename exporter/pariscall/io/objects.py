"""Folders of object stores, by their addresses, through https://filesystem-spec.readthedocs.io.

A file gets its name when all of it is there, and none is renamed. What fails does so as files do:
with an OSError that has the address.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import MisuseError, OutputError, printable
from .extras import require
from .storage import Stage

_S3 = ("s3", "s3a")
# Those of files of this machine, and of the web, where nothing can be listed.
_NO_STORES = ("file", "local", "http", "https")
_USER = re.compile(r"(?<=//)[^/@]*@")


def object_folder(address: str) -> ObjectFolder:
    """Return the folder at an address such as ``s3://bucket/folder``.

    Raises:
        MisuseError: if what knows such addresses is not installed, or nothing knows them.
    """
    folder, scheme = ObjectFolder(address.rstrip("/")), address.partition(":")[0].lower()
    if scheme in _NO_STORES:
        raise MisuseError(
            f"{folder}: name a path, or an address in an object store, such as s3://BUCKET/FOLDER."
        )
    if find_spec("fsspec") is None or scheme in _S3:
        require(f"{folder}: an address in an object store", "s3")
    try:
        import_module("fsspec").get_filesystem_class(scheme)
    except (ImportError, ValueError) as error:
        raise MisuseError(
            f"{folder}: fsspec opens no address that begins with {scheme}: {_reason(error)}."
        ) from None
    return folder


def shown_address(address: str) -> str:
    """Return an address as messages show it, without the name and the password of a user."""
    return printable(_USER.sub("", address))


@dataclass(frozen=True)
class ObjectFolder:
    """A folder of an object store. Each process, and each thread, has a connection of its own."""

    address: str

    def __str__(self) -> str:
        return shown_address(self.address)

    def below(self, name: str) -> ObjectFolder:
        """Return a folder below this one."""
        return ObjectFolder(f"{self.address}/{name}")

    def make(self) -> None:
        """Do nothing: a folder is there with its first file."""

    def remove(self) -> None:
        """Remove the folder with all that is in it, as far as that can be done."""
        with suppress(OSError):
            self._remove(self.sizes())

    def entries(self) -> set[str]:
        """Return the names of what is directly in the folder, which need not be there."""
        return {name.partition("/")[0] for name in self.sizes()}

    def sizes(self) -> dict[str, int]:
        """Return how many bytes each file has, in the order of the names."""
        with self._system() as (files, root):
            files.invalidate_cache()
            found = files.find(root, detail=True)
            start = len(root) + 1
            return {path[start:]: found[path]["size"] for path in sorted(found) if path != root}

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the content of a file, of at most so many bytes."""
        with self._system(name) as (files, path):
            content: bytes = files.cat_file(path, end=None if most is None else most + 1)
        if most is not None and len(content) > most:
            raise OSError(errno.EFBIG, f"it is longer than {most:,} bytes", f"{self}/{name}")
        return content

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the contents of those files that are there."""
        there = self.sizes()
        wanted = [name for name in names if name in there]
        with self._system() as (files, root):
            found = files.cat([f"{root}/{name}" for name in wanted]) if wanted else {}
            return {path[len(root) + 1 :]: content for path, content in found.items()}

    def fetch(self, names: Sequence[str], folder: Path) -> None:
        """Copy files to a folder of this machine.

        Raises:
            OSError: if one cannot be read or, with the path here, not be written.
        """
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with self._system() as (files, root):
            here = [str(folder / name) for name in names]
            files.get([f"{root}/{name}" for name in names], here)

    def open(self, name: str) -> BinaryIO:
        """Read a file, and open it."""
        return BytesIO(self.read(name))

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file."""
        return hashlib.sha256(self.read(name)).hexdigest()

    def whole(self, sums: Mapping[str, str]) -> set[str]:
        """Return which files are there, for those are whole."""
        return self.sizes().keys() & sums.keys()

    def write(self, name: str, content: bytes) -> None:
        """Write a file: all of it, or nothing."""
        with self._system(name) as (files, path):
            files.pipe_file(path, content)

    @contextmanager
    def staged(self, _mark: str) -> Iterator[Stage]:
        """Stage files in memory, and write them when all are complete.

        Raises:
            OutputError: if one cannot be written.
        """
        stage = _ObjectStage()
        with self.exclusive():
            yield stage
            for name, file in stage.files.items():
                self.write(name, file.getvalue())

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Tell what cannot be written; there is no lock.

        Raises:
            OutputError: if anything in the body cannot be written.
        """
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self}: cannot write: {error.strerror}.") from error

    def take(
        self,
        made: ObjectFolder,
        names: Iterable[str],
        last: tuple[str, bytes],
        former: Sequence[str],
    ) -> None:
        """Copy what was made, within the store, to the place of what is here; the last file is missing meanwhile."""
        listed = sorted(names)
        with self._system() as (files, root):
            self._remove({last[0]} & self.sizes().keys())
            _, source = _connect(made.address)
            files.copy(
                [f"{source}/{name}" for name in listed], [f"{root}/{name}" for name in listed]
            )
            here = {name for name in self.sizes() if name.partition("/")[0] in former}
            self._remove(here - set(listed))
        self.write(*last)

    def _remove(self, names: Iterable[str]) -> None:
        with self._system() as (files, root):
            paths = [f"{root}/{name}" for name in names]
            if paths:
                files.rm(paths)

    @contextmanager
    def _system(self, name: str = "") -> Iterator[tuple[Any, str]]:
        """Yield the file system, and the path in it of a file or of the folder.

        Raises:
            OSError: whatever the file system raised.
        """
        shown = f"{self}/{name}" if name else str(self)
        try:
            files, root = _connect(self.address)
            yield files, f"{root}/{name}" if name else root
        except FileNotFoundError as error:
            said = _reason(error)
            is_name = " " not in said  # of the file, and not what is the matter
            reason = os.strerror(errno.ENOENT) if is_name else said
            raise OSError(errno.ENOENT, reason, shown) from error
        except PermissionError as error:
            raise OSError(errno.EACCES, _reason(error), shown) from error
        except Exception as error:  # each file system has errors of its own
            raise OSError(errno.EIO, _reason(error), shown) from error


def _connect(address: str) -> tuple[Any, str]:
    files, root = import_module("fsspec").url_to_fs(address)
    return files, root.rstrip("/")


def _reason(error: Exception) -> str:
    """Return the first line of what a file system says, or the kind of its error."""
    said = (getattr(error, "strerror", None) or str(error)).strip().partition("\n")[0]
    return printable(said.rstrip(".")) or type(error).__name__


class _ObjectStage:
    """Files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, BytesIO] = {}

    def create(self, name: str) -> BinaryIO:
        """Open a file for writing."""
        self.files[name] = BytesIO()
        return self.files[name]

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of what was written to a file so far."""
        return hashlib.sha256(self.files[name].getbuffer()).hexdigest()
