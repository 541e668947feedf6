"""A snapshot of the data: the triples that held on a date, in a release or in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from ...errors import MisuseError, RdfError
from ...rdf.canonical import is_blank
from ...rdf.reader import DEFAULT, InputOptions, read_file, read_inputs
from ...tables.csvw import TABLES
from ...tables.graph import TableGraph
from ..release.manifest import NAME, read_manifest

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Snapshot:
    """The triples of a snapshot, under a name to show."""

    name: str
    quads: list[Quad]

    @cached_property
    def lines(self) -> list[str]:
        """The triples as lines of N-Triples, sorted and without duplicates."""
        return canonical_lines(self.quads)

    @property
    def iri(self) -> str:
        """An IRI made from the triples alone."""
        return state_iri(self.lines)


def read_snapshot(name: str, folder: Path = TABLES, options: InputOptions = DEFAULT) -> Snapshot:
    """Read the snapshot of a date (``YYYY-MM-DD``), of a release folder, or of an RDF file.

    Raises:
        MisuseError: if the date is invalid, or nothing is known of it.
        TableError: if the tables cannot be read.
        RdfError, ReleaseError: if the file or the release cannot be read, or has blank nodes.
    """
    if _DAY.fullmatch(name):
        try:
            day = date.fromisoformat(name)
        except ValueError:
            raise MisuseError(f"{name} is not a date.") from None
        return Snapshot(name, list(TableGraph(folder, day).quads()))
    path = Path(name)
    if (path / NAME).exists():
        manifest = read_manifest(path)
        return Snapshot(manifest.version, read_file(path / manifest.data))
    quads = read_inputs([name], options)
    if any(is_blank(quad.triple) for quad in quads):
        raise RdfError(f"{name}: blank nodes have no lasting names. Give them IRIs.")
    return Snapshot(path.name, quads)


def canonical_lines(quads: Iterable[Quad]) -> list[str]:
    """Return triples as N-Triples, one per line, sorted by code point."""
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
    return sorted(set(text.decode().split("\n")) - {""})


def to_text(lines: Iterable[str]) -> str:
    """Return lines as the text of a file."""
    return "".join(f"{line}\n" for line in lines)


def state_iri(lines: Iterable[str]) -> str:
    """Return a urn:sha256 IRI for the sorted N-Triples."""
    return f"urn:sha256:{sha256(to_text(lines).encode()).hexdigest()}"
