"""Data in rdflib, which keeps literals as they are written and compares their values as well.

It is asked only what Oxigraph cannot answer, because it is slow and compares some dates wrongly.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ...errors import ShapesError
from ...rdf.rdflib_fetching import no_fetching
from .prebinding import BOUND, Template
from .result import Node
from .solutions import Solution, bound_quads

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node as RdflibNode


class RdflibView:
    """Data in a dataset of rdflib."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = list(quads)

    def solutions(
        self, template: Template, prefixes: Mapping[str, str], values: Mapping[str, Node]
    ) -> list[Solution]:
        """Return the solutions of a query; those of an ASK query are one or none.

        Raises:
            ShapesError: if rdflib cannot read the data or run the query, whatever the reason.
        """
        try:
            with no_fetching(), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
                return self._ask(template.bound(values), prefixes, bound_quads(template, values))
        except Exception as error:  # noqa: BLE001 - the reference raises whatever its parts raise
            raise ShapesError(
                "no engine can judge a query in the shapes, which compares values and reads how "
                f"they are written: {type(error).__name__} in rdflib."
            ) from None

    def _ask(
        self, query: str, prefixes: Mapping[str, str], bound: Iterable[Quad]
    ) -> list[Solution]:
        import rdflib
        from rdflib.plugins.sparql import prepareQuery

        _load(self._dataset, bound)
        with _literals_as_written():
            prepared = prepareQuery(query, initNs=dict(prefixes))
        found = self._dataset.query(prepared)
        if found.type == "ASK":
            solutions: list[Solution] = [{}] if found.askAnswer else []
        else:
            solutions = [
                {str(name): _term(term) for name, term in binding.items()}
                for binding in found.bindings
            ]
        self._dataset.remove_graph(rdflib.URIRef(BOUND.value))
        return solutions

    @cached_property
    def _dataset(self) -> rdflib.Dataset:
        import rdflib

        if any(isinstance(quad.object, Triple) for quad in self._quads):
            raise NotImplementedError("triple terms")
        logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
        dataset = rdflib.Dataset()
        _load(dataset, self._quads)
        return dataset


def _load(dataset: rdflib.Dataset, quads: Iterable[Quad]) -> None:
    """Copy quads, with the texts of their literals and the labels of their blank nodes."""
    import rdflib

    quads = list(quads)
    if not quads:
        return
    labels = {
        term.value: rdflib.BNode(term.value)
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, BlankNode)
    }
    n_quads = serialize(quads, format=RdfFormat.N_QUADS)
    with _literals_as_written():
        dataset.parse(data=n_quads, format="nquads", bnode_context=labels)


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Have rdflib read literals as they are written, and not as their values are."""
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _term(node: RdflibNode) -> Node:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        datatype = NamedNode(str(node.datatype)) if node.datatype else None
        return Literal(
            str(node), datatype=None if node.language else datatype, language=node.language
        )
    return BlankNode(str(node))
