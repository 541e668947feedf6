"""The graphs of a release in a store, and their names: one graph per document.

A graph is named after what it describes: the dataset, or the namespace of the terms in it without
the ``#``. The shapes are one namespace in several files, so each has a name below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from ...errors import MisuseError, RdfError, ReleaseError, StoreError, relative
from ...io.bounded import read_bounded
from ...rdf.canonical import statements
from ...rdf.formats import format_named
from ...rdf.namespaces import BASE, VOCABULARY
from ...rdf.reader import parse_bytes
from ..release.checksums import SUMS, read_sums
from ..release.manifest import LARGEST_GRAPH, NAME, read_manifest
from ..release.version import releases_in
from ..release.wanted import wanted_at

VOCABULARIES = {
    "vocabulary/ontology.nt": f"{VOCABULARY}ns",
    "vocabulary/alignments.nt": f"{VOCABULARY}ns/align",
    "vocabulary/codes.nt": f"{VOCABULARY}code",
}
_SHAPES = re.compile(r"vocabulary/shapes-([a-z-]+)\.nt")
_CORE = re.compile(r"vocabulary/shapes-[a-z-]+-core\.nt")  # a part of another file


@dataclass(frozen=True)
class NamedGraph:
    """A graph of a release: its IRI in the store and its N-Triples, whose checksum was right."""

    iri: str
    content: bytes

    @cached_property
    def statements(self) -> set[str]:
        """The triples of the graph as lines of N-Triples, without duplicates.

        Raises:
            ReleaseError: if they are not N-Triples, or cannot be compared.
        """
        try:
            return statements(parse_bytes(self.iri, self.content, format_named("nt")))
        except RdfError as error:
            raise ReleaseError(str(error)) from None


def read_graphs(folder: Path) -> list[NamedGraph]:
    """Read the graphs of a release, the small vocabularies first and the data last.

    A store that wants a password thus says so when it is sent little: one that refuses much
    without reading it breaks the connection off, and its answer is lost.

    Raises:
        ReleaseError: if the folder is not a release, or a file of it was changed, is missing, or
            is of a kind that has no name in a store, or if its name is that of another release.
    """
    _check(folder, NAME)
    manifest = read_manifest(folder)
    for problem in wanted_at(folder).problems(manifest):
        raise ReleaseError(f"{relative(folder)}/{problem} Nothing was sent.")
    names = {
        file.path: _iri(folder, file.path)
        for file in manifest.files
        if file.role == "vocabulary"
        and file.path.endswith(".nt")
        and not _CORE.fullmatch(file.path)
    }
    names[manifest.data] = f"{BASE}dataset/{manifest.dataset}"
    return [NamedGraph(iri, _check(folder, path)) for path, iri in names.items()]


def parsed(iri: str, content: bytes) -> set[str]:
    """Return the triples of the N-Triples that a store gives of a graph, as lines without duplicates.

    Raises:
        StoreError: if they cannot be read.
    """
    try:
        return statements(parse_bytes("line", content, format_named("nt")))
    except RdfError as error:
        raise StoreError(f"{iri}: the answer of the store cannot be read: {error}") from None


def find_newest(releases: Path) -> Path:
    """Find the newest release in a folder of releases, by its version and not by its time.

    Raises:
        MisuseError: if there is none.
    """
    found = releases_in(releases)
    if not found:
        raise MisuseError(
            f"there is no release in {relative(releases)}. "
            "Make one with 'pariscall release', or name a folder with --release."
        )
    return found[-1]


def _iri(folder: Path, path: str) -> str:
    shapes = _SHAPES.fullmatch(path)
    if shapes:
        return f"{VOCABULARY}shapes/{shapes[1]}"
    if path not in VOCABULARIES:
        raise ReleaseError(f"{relative(folder / path)}: has no name in a store. Update pariscall.")
    return VOCABULARIES[path]


def _check(folder: Path, name: str) -> bytes:
    """Read a file of a release whose checksum must be right."""
    path = folder / name
    try:
        content = read_bounded(path, LARGEST_GRAPH)
    except OSError as error:
        raise ReleaseError(f"{relative(path)}: {error.strerror}. Is this a release?") from None
    if read_sums(folder).get(name) != sha256(content).hexdigest():
        raise ReleaseError(
            f"{relative(path)}: was changed: its SHA-256 is not that of {SUMS}. Nothing was sent."
        )
    return content
