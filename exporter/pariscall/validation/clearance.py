"""Clearances: what passed the gate once need not be judged again.

The name of a clearance is a hash of everything that the verdict depends on: the tables and their
description, the project, the shapes, the vocabulary, and the code. So it is never out of date. Only
a graph that passed has one. A clearance that is damaged, or cannot be kept, is none.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from .. import bundle
from ..errors import OutputError
from ..io.atomic import write_file
from ..io.cache import cache_folder
from ..project import current
from ..tables.graph import TableGraph
from .rulesets import project_shapes

_KEPT = 100


@dataclass(frozen=True)
class Clearance:
    """What the gate said of a graph that passed: its triples, and its findings by severity."""

    triples: int
    counts: Mapping[str, int]


def key_of(graph: TableGraph) -> str | None:
    """Return the hash of all that the verdict on a graph depends on.

    There is none if a table was written after the graph was read.
    """
    digest = hashlib.sha256(f"{_digest_of_code()} {graph.as_of}".encode())
    tables = [path for path in graph.files.paths if path.exists()]
    _add(digest, [current().file, *project_shapes(), *tables])
    return digest.hexdigest() if graph.files.are_unchanged() else None


def find(key: str) -> Clearance | None:
    """Return the clearance of a key, if there is one and it is whole."""
    try:
        kept = json.loads(_path(key).read_bytes())
        clearance = Clearance(kept["triples"], kept["counts"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return clearance if kept.get("seal") == _seal(key, clearance) else None


def keep(key: str, clearance: Clearance) -> None:
    """Keep a clearance, if this user has a place for it, and as many earlier ones as are useful."""
    content = {**vars(clearance), "seal": _seal(key, clearance)}
    path = _path(key)
    with suppress(OSError, OutputError):
        write_file(path, json.dumps(content).encode())
        kept = sorted(path.parent.glob("*.json"), key=lambda entry: entry.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)


def _path(key: str) -> Path:
    return cache_folder("clearances") / f"{key}.json"


def _seal(key: str, clearance: Clearance) -> str:
    """Return a hash by which a clearance is seen to be whole, and that of its key."""
    return hashlib.sha256(f"{key} {json.dumps(vars(clearance))}".encode()).hexdigest()


def _digest_of_code() -> str:
    """Return the hash of the program, and of the vocabulary and the shapes that come with it."""
    digest = hashlib.sha256(f"{sys.version} {pyoxigraph.__version__}".encode())
    _add(digest, sorted(_files_of_package()))
    return digest.hexdigest()


def _files_of_package() -> Iterator[Path]:
    yield from bundle.PACKAGE.rglob("*.py")
    yield from bundle.SHAPES.rglob("*.ttl")
    yield from (bundle.ONTOLOGY, bundle.CODES)


def _add(digest: hashlib._Hash, paths: Iterable[Path]) -> None:
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
