"""The cache folder of this user, for what can be made again at any time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError
from .atomic import write_file


def cache_folder(name: str) -> Path:
    """Return the folder of one kind of things in the cache; it need not exist.

    It is below ``$XDG_CACHE_HOME``, or ``~/.cache``.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "pariscall" / name


@dataclass(frozen=True)
class Cache:
    """Small files by key, which is a hash of all that they are made from, so that none is out of date.

    Each begins with a seal: what is damaged, or is another's, is none. What cannot be kept is made again.
    The newest ``most`` are kept.
    """

    name: str
    most: int

    def find(self, key: str) -> bytes | None:
        """Return what is kept under a key, if it is there and whole."""
        try:
            seal, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if seal == _seal(key, content) else None

    def keep(self, key: str, content: bytes) -> None:
        """Keep something, if this user has a place for it, and as many earlier ones as are useful."""
        path = self._path(key)
        with suppress(OSError, OutputError):
            write_file(path, _seal(key, content) + b"\n" + content)
            kept = sorted(path.parent.glob("[!.]*"), key=lambda entry: entry.stat().st_mtime)
            for old in kept[: -self.most]:
                old.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return cache_folder(self.name) / key


def hash_files(digest: hashlib._Hash, paths: Iterable[Path]) -> None:
    """Add the names and the contents of files to a hash."""
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)


def _seal(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b" " + content).hexdigest().encode()
