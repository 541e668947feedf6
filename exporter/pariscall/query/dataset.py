"""The RDF dataset that a query is asked of (SPARQL 1.1 §13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ..errors import QueryError
from ..rdf.blank_nodes import Numbering
from ..rdf.language_tags import LanguageTags, written_tags
from ..rdf.reader import DEFAULT, InputOptions, RdfFile, open_inputs
from ..rdf.sparql import DatasetClause


@dataclass(frozen=True)
class Dataset:
    """A default graph and named graphs, with the way in which language tags are written.

    The default graph is the union of all graphs, as a set: a triple in two of them counts once.
    """

    store: Store
    tags: LanguageTags = field(default_factory=LanguageTags)

    def choose(self, clause: DatasetClause) -> tuple[Store, dict[str, Any]]:
        """Return the graphs of a dataset clause: a store, and the arguments of its ``query``.

        Raises:
            QueryError: if a graph of the clause is not in the dataset.
        """
        for iri in (*clause.default, *clause.named):
            if not self._has_graph(iri):
                raise QueryError(f"there is no graph <{iri}> here. {self._known()}")
        default, named = (
            [NamedNode(iri) for iri in dict.fromkeys(iris)]
            for iris in (clause.default, clause.named)
        )
        if len(default) <= 1:
            return self.store, {"default_graph": default, "named_graphs": named}
        merged = Store()  # Oxigraph counts a triple once for each of several default graphs
        for graph in default:
            merged.bulk_extend(_moved(self._quads(graph), DefaultGraph()))
        for graph in named:
            merged.bulk_extend(self._quads(graph))
        return merged, {"default_graph": DefaultGraph(), "named_graphs": named}

    def _quads(self, graph: NamedNode) -> Iterable[Quad]:
        return self.store.quads_for_pattern(None, None, None, graph)

    def _has_graph(self, iri: str) -> bool:
        try:
            return self.store.contains_named_graph(NamedNode(iri))
        except ValueError:  # it is not an IRI
            return False

    def _known(self) -> str:
        graphs = sorted(str(graph) for graph in self.store.named_graphs())
        if not graphs:
            return "There are no named graphs: choose none."
        more = f" and {len(graphs) - 5} more" if len(graphs) > 5 else ""
        return f"The named graphs are {', '.join(graphs[:5])}{more}."


def read_dataset(
    names: Sequence[str | Path],
    options: InputOptions = DEFAULT,
    clause: DatasetClause | None = None,
) -> Dataset:
    """Read RDF files, or other sources, into a dataset for queries with a dataset clause.

    If the clause names a file by its address, this is a graph too: the triples of the file that
    are in no named graph.

    Raises:
        RdfError, WebError: if a source cannot be read.
    """
    return dataset_of(open_inputs(names, options), clause)


def dataset_of(files: Iterable[RdfFile], clause: DatasetClause | None = None) -> Dataset:
    """Return the dataset of RDF files that are read already, as ``read_dataset`` does."""
    store, tags, blank = Store(), set[str](), Numbering()
    chosen = {*clause.default, *clause.named} if clause else set()
    for file in files:
        quads = list(blank.numbered(file.quads))
        store.bulk_extend(quads)
        named = (quad for quad in quads if quad.graph_name != DefaultGraph())
        store.bulk_extend(_moved(named, DefaultGraph()))
        if file.address in chosen:
            own = (quad for quad in quads if quad.graph_name == DefaultGraph())
            store.bulk_extend(_moved(own, NamedNode(file.address)))
            store.add_graph(NamedNode(file.address))
        tags |= written_tags(file.text, file.format.rdf)
    return Dataset(store, LanguageTags(tags))


def _moved(quads: Iterable[Quad], graph: NamedNode | DefaultGraph) -> Iterable[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
