"""The graphs of several projects in one dataset, each also as a graph of its own.

The default graph is the union of all: their data, the ontology and the code lists, and which of
their parties are one. The data of each project are in the graph that its dataset names. Each graph
is made by a process that works on its project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from ..errors import UnreadableError
from ..io.project_process import run_on
from ..project import Project
from ..rdf.blank_nodes import Numbering
from ..rdf.vocabulary import vocabulary
from .dataset import Dataset
from .identity import EXACT_MATCH, Identity, Match, identities, matches_of, party_prefix
from .mapping_file import read_mappings


@dataclass(frozen=True)
class Union:
    """The graphs of several projects, and which of their parties are one."""

    store: Store
    identities: Sequence[Identity]

    @property
    def dataset(self) -> Dataset:
        """The dataset that queries are asked of."""
        return Dataset(self.store)


def read_union(
    projects: Sequence[Project], as_of: date | None = None, mappings: Sequence[Path] = ()
) -> Union:
    """Return the graphs of projects, as of a date if one is given.

    ``mappings`` are files of SSSOM that say which parties are one, beside what the data say.

    Raises:
        PariscallError: the error of the project that cannot be read.
        UnreadableError: as ``union_of``.
    """
    day = [as_of.isoformat()] if as_of else []
    with TemporaryDirectory() as folder:
        files = [Path(folder) / project.slug for project in projects]
        for project, file in zip(projects, files, strict=True):
            run_on(project, "pariscall.query.graph_file", [str(file), *day])
        return union_of(projects, files, mappings)


def union_of(
    projects: Sequence[Project], files: Sequence[Path], mappings: Sequence[Path] = ()
) -> Union:
    """Return the graphs of projects that are files of N-Triples, one for each.

    Raises:
        UnreadableError: if a file of mappings cannot be read, or names a party that is not there.
    """
    stated = [match for path in mappings for match in read_mappings(path)]
    store = Store()
    store.bulk_extend(Numbering().numbered(vocabulary()))
    for project, file in zip(projects, files, strict=True):
        for graph in (DefaultGraph(), NamedNode(project.dataset)):
            store.bulk_load(path=file, format=RdfFormat.N_TRIPLES, to_graph=graph)
    _check_parties(stated, projects, store)
    found = identities([*matches_of(store), *stated], projects)
    store.bulk_extend(statements(found))
    return Union(store, found)


def statements(found: Iterable[Identity]) -> Iterator[Quad]:
    """Yield the statements, in both directions, that parties are one."""
    for each in found:
        one, other = NamedNode(each.subject), NamedNode(each.object)
        yield Quad(one, EXACT_MATCH, other)
        yield Quad(other, EXACT_MATCH, one)


def _check_parties(stated: Iterable[Match], projects: Sequence[Project], store: Store) -> None:
    prefixes = tuple(map(party_prefix, projects))
    problems = [
        f"{match.place}: {iri} is not in the data of its project. Correct it, or leave the line out."
        for match in stated
        for iri in (match.subject, match.object)
        if iri.startswith(prefixes) and not _is_there(iri, store)
    ]
    if problems:
        raise UnreadableError(*problems)


def _is_there(iri: str, store: Store) -> bool:
    return next(store.quads_for_pattern(NamedNode(iri), None, None), None) is not None
