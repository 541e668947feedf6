"""The files of the shapes: the sets that come with the package, by name, and those of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import bundle
from ..project import current

_GATE = (
    *("calls", "public-events", "parties", "endorsements", "events"),
    *("sources", "claims", "entries", "mappings", "groupings", "groups", "codes", "sparql"),
)
_SPARQL = "sparql.ttl"
_FILES = {
    "gate": [f"gate/{name}" for name in _GATE],
    "privacy": ["privacy/properties", "privacy/sparql"],
    "dataset": ["dataset"],
    "ontology": ["ontology"],
    "registry": ["registry/entries", "registry/sparql"],
}
# The bundled sets of shapes and the files of each, the common header first.
SETS: Mapping[str, Sequence[Path]] = {
    name: [bundle.SHAPES / f"{file}.ttl" for file in ("header", *files)]
    for name, files in _FILES.items()
}
# Those of them that have SPARQL constraints, without these.
CORE_SETS: Mapping[str, Sequence[Path]] = {
    name: [file for file in files if file.name != _SPARQL]
    for name, files in SETS.items()
    if any(file.name == _SPARQL for file in files)
}
PUBLISHED = ("gate", "privacy", "dataset", "ontology")
FOREIGN = ("gate", "privacy", "dataset")


def project_shapes() -> list[Path]:
    """Return the files of the shapes that hold of the project only."""
    folder = current().shapes
    return sorted(folder.rglob("*.ttl")) if folder else []
