"""The vocabularies that are published beside the data: as they were authored, and in other formats.

A conversion is kept by a hash of all that it depends on, since they change with the package only.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from .. import bundle
from ..io.cache import Cache, hash_files
from ..rdf.merge import merge_turtle
from ..rdf.namespaces import PREFIXES
from ..rdf.reader import read_files
from ..rdf.serializer import as_turtle, convert
from ..validation.shape_files import CORE_SETS, SETS, project_shapes

# Under these names, and the files of each.
VOCABULARIES: Mapping[str, Sequence[Path]] = {
    "ontology": [bundle.ONTOLOGY],
    "alignments": [bundle.ALIGNMENTS],
    "codes": [bundle.CODES],
    **{f"shapes-{name}": files for name, files in SETS.items()},
    # For engines that know SHACL Core only.
    **{f"shapes-{name}-core": files for name, files in CORE_SETS.items()},
}
_OWN_SHAPES = "shapes-project"
_TARGETS = {
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_CACHE = Cache("conversions", 200)


def vocabularies(formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the vocabularies as they were authored and, where asked for, in other formats: name, content.

    The shapes of the project are among them, if it has any. What was converted before is not
    converted again.
    """
    yield f"vocabulary/{bundle.CONTEXT.name}", bundle.CONTEXT.read_bytes()
    own = project_shapes()
    for name, paths in {**VOCABULARIES, **({_OWN_SHAPES: own} if own else {})}.items():
        yield f"vocabulary/{name}.ttl", as_turtle(own) if paths is own else merge_turtle(paths)
        for suffix in _TARGETS:
            if suffix in formats:
                yield f"vocabulary/{name}.{suffix}", converted(paths, suffix)


def converted(paths: Sequence[Path], suffix: str) -> bytes:
    """Return files of RDF as one in another format: ``nt``, ``jsonld`` or ``rdf``."""
    return _CACHE.made_once(
        _key(paths, suffix), lambda: convert(read_files(paths), _TARGETS[suffix])
    )


def _key(paths: Sequence[Path], suffix: str) -> str:
    """Return the hash of what a conversion depends on: the files, the format, the prefixes and the code."""
    names = json.dumps([*map(str, paths), PREFIXES])
    digest = hashlib.sha256(f"{_digest_of_code()} {suffix} {names}".encode())
    hash_files(digest, paths)
    return digest.hexdigest()


@cache
def _digest_of_code() -> str:
    """Return the hash of what reads and writes RDF."""
    digest = hashlib.sha256(f"{sys.version} {pyoxigraph.__version__}".encode())
    hash_files(digest, sorted((bundle.PACKAGE / "rdf").glob("*.py")))
    return digest.hexdigest()
