"""The cache folder of this user, for what can be made again at any time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

_IS_USED = ContextVar("whether what was kept is used", default=True)


def cache_folder(name: str) -> Path:
    """Return the folder of one kind of things in the cache; it need not exist.

    It is below ``$XDG_CACHE_HOME``, or ``~/.cache``.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "pariscall" / name


@contextmanager
def caching(*, is_used: bool) -> Iterator[None]:
    """Have everything made again that is asked for within the body, unless what was kept is used."""
    before = _IS_USED.set(is_used)
    try:
        yield
    finally:
        _IS_USED.reset(before)


@dataclass(frozen=True)
class Cache:
    """Small files by key, which is a hash of all that they are made from, so that none is out of date.

    Each begins with a seal: what is damaged, or is another's, is none. What cannot be kept is made again.
    The newest ``most`` are kept.
    """

    name: str
    most: int

    def made_once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, or else what ``make`` returns, which is kept."""
        content = self.find(key)
        if content is None:
            content = make()
            self.keep(key, content)
        return content

    def find(self, key: str) -> bytes | None:
        """Return what is kept under a key, if it is there and whole, and may be used."""
        if not _IS_USED.get():
            return None
        try:
            seal, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if seal == _seal(key, content) else None

    def keep(self, key: str, content: bytes) -> None:
        """Keep something, if this user has a place for it, and as many earlier ones as are useful."""
        path = self._path(key)
        aside = path.with_name(f".{key}.{os.getpid()}.partial")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            # It is not flushed to the disk: the seal tells what a crash has left incomplete.
            try:
                aside.write_bytes(_seal(key, content) + b"\n" + content)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
            with os.scandir(path.parent) as entries:
                kept = [entry for entry in entries if not entry.name.startswith(".")]
            if len(kept) > self.most:
                kept.sort(key=lambda entry: entry.stat().st_mtime)
                for old in kept[: -self.most]:
                    Path(old).unlink(missing_ok=True)

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
