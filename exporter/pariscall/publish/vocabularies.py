"""The vocabularies that are published beside the data: as they were authored, and in other formats.

The conversions are kept by a hash of all that they depend on, since they change with the package only.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from .. import bundle
from ..io.cache import Cache, hash_files
from ..rdf.canonical import canonicalized
from ..rdf.merge import merge_turtle
from ..rdf.namespaces import PREFIXES
from ..rdf.reader import read_file
from ..rdf.serializer import as_turtle, write
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
_CACHE = Cache("conversions", 20)


def vocabularies(formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the vocabularies as they were authored and, where asked for, in other formats: name, content.

    The shapes of the project are among them, if it has any. What was converted before is not
    converted again.
    """
    yield f"vocabulary/{bundle.CONTEXT.name}", bundle.CONTEXT.read_bytes()
    own = project_shapes()
    documents = {**VOCABULARIES, **({_OWN_SHAPES: own} if own else {})}
    conversions = converted(documents, [suffix for suffix in _TARGETS if suffix in formats])
    for name, paths in documents.items():
        yield f"vocabulary/{name}.ttl", as_turtle(own) if paths is own else merge_turtle(paths)
        for suffix, content in conversions[name].items():
            yield f"vocabulary/{name}.{suffix}", content


def converted(
    documents: Mapping[str, Sequence[Path]], suffixes: Sequence[str]
) -> dict[str, dict[str, bytes]]:
    """Return documents, each of some files of RDF, in the formats ``nt``, ``jsonld`` or ``rdf``, by name."""
    if not suffixes:
        return {name: {} for name in documents}

    def make() -> bytes:
        return json.dumps(_convert(documents, suffixes)).encode()

    kept = json.loads(_CACHE.made_once(_key(documents, suffixes), make))
    return {
        name: {suffix: text.encode() for suffix, text in texts.items()}
        for name, texts in kept.items()
    }


def _convert(
    documents: Mapping[str, Sequence[Path]], suffixes: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Convert documents; a file that several have is read once, and blank nodes are named once."""
    read = cache(read_file)
    found = {}
    for name, paths in documents.items():
        triples = canonicalized([quad.triple for path in paths for quad in read(path)])
        found[name] = {suffix: write(triples, _TARGETS[suffix]).decode() for suffix in suffixes}
    return found


def _key(documents: Mapping[str, Sequence[Path]], suffixes: Sequence[str]) -> str:
    """Return the hash of what conversions depend on: the files, the formats, the prefixes and the code."""
    paths = {name: list(map(str, files)) for name, files in documents.items()}
    names = json.dumps([paths, suffixes, PREFIXES])
    digest = hashlib.sha256(f"{_digest_of_code()} {names}".encode())
    hash_files(digest, dict.fromkeys(path for files in documents.values() for path in files))
    return digest.hexdigest()


@cache
def _digest_of_code() -> str:
    """Return the hash of what reads and writes RDF."""
    digest = hashlib.sha256(f"{sys.version} {pyoxigraph.__version__}".encode())
    hash_files(digest, sorted((bundle.PACKAGE / "rdf").glob("*.py")))
    return digest.hexdigest()
