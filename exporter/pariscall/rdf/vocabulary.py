"""The ontology and the code lists of the project, as statements."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Quad

from .. import bundle
from .reader import RdfFile, open_file


@cache
def vocabulary_files() -> tuple[RdfFile, ...]:
    """Read the files of the ontology and of the code lists."""
    return open_file(bundle.ONTOLOGY), open_file(bundle.CODES)


@cache
def vocabulary() -> tuple[Quad, ...]:
    """Read the ontology and the code lists."""
    return tuple(quad for file in vocabulary_files() for quad in file.quads)
