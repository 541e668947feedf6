"""The ontology and the code lists of the project, as statements."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from .. import bundle
from .namespaces import PREFIXES
from .reader import RdfFile, open_file

_VERSION_IRI = PREFIXES["owl"] + "versionIRI"


@cache
def vocabulary_files() -> tuple[RdfFile, ...]:
    """Read the files of the ontology and of the code lists."""
    return open_file(bundle.ONTOLOGY), open_file(bundle.CODES)


@cache
def vocabulary() -> tuple[Quad, ...]:
    """Read the ontology and the code lists."""
    return tuple(quad for file in vocabulary_files() for quad in file.quads)


def version_iri(path: Path) -> str:
    """Return the IRI of the version that a vocabulary declares (owl:versionIRI).

    Its last part is the version, as in owl:versionInfo.
    """
    [version] = (
        quad.object.value
        for quad in open_file(path).quads
        if quad.predicate.value == _VERSION_IRI and isinstance(quad.object, NamedNode)
    )
    return version
