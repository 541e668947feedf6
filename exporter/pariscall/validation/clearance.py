"""Clearances: what passed the gate once need not be judged again.

The name of a clearance is a hash of everything that the verdict depends on: the tables and their
description, the project, the shapes, the vocabulary, and the code. So it is never out of date. Only
a graph that passed has one. A clearance that is damaged, or cannot be kept, is none.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph

from .. import bundle
from ..io.cache import Cache, hash_files
from ..project import current
from ..tables.graph import TableGraph
from .shape_files import project_shapes

_CACHE = Cache("clearances", 100)


@dataclass(frozen=True)
class Clearance:
    """What the gate said of a graph that passed: its triples, and its findings by severity."""

    triples: int
    counts: Mapping[str, int]


def key_of(graph: TableGraph) -> str | None:
    """Return the hash of all that the verdict on a graph depends on.

    There is none if a table was written after the graph was read.
    """
    digest = hashlib.sha256(key_of_rules(graph).encode())
    hash_files(digest, [path for path in graph.files.paths if path.exists()])
    return digest.hexdigest() if graph.files.are_unchanged() else None


def key_of_rules(graph: TableGraph) -> str:
    """Return the hash of all that the verdict on a graph depends on but its tables."""
    digest = hashlib.sha256(f"{_digest_of_code()} {graph.as_of}".encode())
    hash_files(digest, [current().file, *project_shapes()])
    return digest.hexdigest()


def find(key: str) -> Clearance | None:
    """Return the clearance of a key, if there is one and it is whole."""
    kept = _CACHE.find(key)
    return None if kept is None else Clearance(**json.loads(kept))


def keep(key: str, clearance: Clearance) -> None:
    """Keep a clearance, if this user has a place for it, and as many earlier ones as are useful."""
    _CACHE.keep(key, json.dumps(vars(clearance)).encode())


def _digest_of_code() -> str:
    """Return the hash of the program, and of the vocabulary and the shapes that come with it."""
    digest = hashlib.sha256(_digest_of_program(bundle.PACKAGE).encode())
    hash_files(digest, [*sorted(bundle.SHAPES.rglob("*.ttl")), bundle.ONTOLOGY, bundle.CODES])
    return digest.hexdigest()


@cache
def _digest_of_program(package: Path) -> str:
    """Return the hash of the program, which stays what it is while it runs."""
    digest = hashlib.sha256(f"{sys.version} {pyoxigraph.__version__}".encode())
    hash_files(digest, sorted(package.rglob("*.py")))
    return digest.hexdigest()
