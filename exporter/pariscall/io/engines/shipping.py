"""Work that is sent to the workers of a cluster, which must have the same program and project."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import get_ident
from typing import Any, TypeVar

from ... import __version__, bundle
from ...errors import EngineError
from ...project import current
from . import Item

R = TypeVar("R")


@dataclass(frozen=True)
class Shipped:
    """A piece of work, packed so that another version of the program does not open it."""

    version: str
    packed: bytes

    def __call__(self, item: Item) -> Any:
        """Do the work on an item.

        Raises:
            EngineError: if this process has another version than the one that packed the work.
            Exception: what the work raised, with a note of where the item is.
        """
        if self.version != own_version():
            raise EngineError(
                f"A worker has pariscall {own_version()}, and this is {self.version}. Start the workers "
                "with the same installation and, with PARISCALL_PROJECT, on the same project."
            )
        work = _unpack(self.packed, get_ident())
        try:
            return work(item)
        except Exception as error:
            error.add_note(f"This happened at {item.location}.")
            raise


def ship(work: Callable[[Any], R]) -> Shipped:
    """Return a piece of work for the workers of a cluster; it can be pickled."""
    return Shipped(own_version(), zlib.compress(pickle.dumps(work)))


@lru_cache(maxsize=8)
def _unpack(packed: bytes, _thread: int) -> Callable[[Item], Any]:
    """Return a piece of work, which each thread of a worker keeps from one item to the next."""
    work: Callable[[Item], Any] = pickle.loads(zlib.decompress(packed))  # noqa: S301 the engine sent it
    return work


@cache
def own_version() -> str:
    """Return the version of the program, and the hash of its files and of the project file."""
    digest = hashlib.sha256(current().file.read_bytes())
    vocabulary = (bundle.ONTOLOGY, bundle.CODES, bundle.CONTEXT)
    # In an order that does not depend on where the package is installed.
    code, shapes = sorted(bundle.PACKAGE.rglob("*.py")), sorted(bundle.SHAPES.rglob("*.ttl"))
    for path in (*code, *vocabulary, *shapes):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return f"{__version__} ({digest.hexdigest()[:12]})"
