"""The reference engine: pySHACL, on a plain rdflib graph."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad, RdfFormat, parse, serialize

from ...errors import ShapesError
from ...io.extras import require
from ...rdf.rdflib_fetching import no_fetching
from .blank import BlankNodes
from .graph import ShaclGraph, local_name, texts
from .result import Messages, Node, Term, ValidationResult, in_order
from .shapes import ShapesGraph

if TYPE_CHECKING:
    import rdflib


_COPIED_STEPS = 5
_LARGEST_COPIES = 200_000  # triples


class PyShaclEngine:
    """Validates data against one shapes graph, as https://github.com/RDFLib/pySHACL does.

    Raises:
        ShapesError: if the shapes validate nothing or are broken.
    """

    name = "pyshacl"

    def __init__(self, shapes: Iterable[Quad] | ShapesGraph) -> None:
        graph = shapes if isinstance(shapes, ShapesGraph) else ShapesGraph(shapes)
        self._shapes = graph.quads
        graph.targeted()
        for node in graph.described():
            graph.shape(node)  # whose path must not be endless
        self._declared = [
            message
            for node in graph.subjects()
            if graph.values(node, "select") or graph.values(node, "sparql")
            for message in texts(graph.values(node, "message"))
        ]

    def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data.

        Raises:
            MisuseError: if pySHACL is not installed.
        """
        require("this validation", "validate")
        import logging

        import pyshacl
        import rdflib
        from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning

        data = list(data)
        _check_copies(data)
        logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
        try:
            with no_fetching(), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, on ill-typed dates
                warnings.simplefilter("error", ShapeRecursionWarning)
                _, report, _ = pyshacl.validate(
                    _rdflib_graph(data),
                    shacl_graph=_rdflib_graph(self._shapes),
                    advanced=False,
                    inplace=True,
                )
        except ShapeRecursionWarning:
            raise ShapesError("shapes that refer to themselves mean nothing in SHACL.") from None
        except ReportableRuntimeError as error:
            raise ShapesError(f"pySHACL cannot use the shapes: {error.message}") from None
        except Exception as error:  # noqa: BLE001 - pySHACL raises whatever its parts raise
            raise ShapesError(
                f"no engine can judge this: pySHACL fails ({type(error).__name__}: {error}). "
                "Leave out --engine pyshacl."
            ) from None
        if not isinstance(report, rdflib.Graph):
            raise ShapesError(f"pySHACL cannot use the shapes: {report}")
        found = list(parse(report.serialize(format="nt"), format=RdfFormat.N_TRIPLES))
        originals = _Originals(found, [*data, *self._shapes])
        return in_order(self._results(ShaclGraph(found), originals))

    def _results(self, report: ShaclGraph, originals: _Originals) -> Iterator[ValidationResult]:
        seen: Counter[ValidationResult] = Counter()
        for node in report.subjects():
            # Results that only explain another one, by sh:detail, are no results of their own.
            for result in report.values(node, "result"):
                properties = report.properties(result)
                path = properties.get("resultPath")
                found = ValidationResult(
                    severity=local_name(properties["resultSeverity"][0]),
                    focus=originals.of(properties["focusNode"][0]),
                    path=report.path(path[0]) if path else None,
                    value=next(map(originals.of, properties.get("value", [])), None),
                    shape=originals.of(properties["sourceShape"][0]),
                    component=local_name(properties["sourceConstraintComponent"][0]),
                    messages=self._messages(properties),
                )
                # Of nodes that look alike, each has the same results: they are given out in turn.
                alike = originals.alike(found.focus)
                yield replace(found, focus=alike[seen[found] % len(alike)])
                seen[found] += 1

    def _messages(self, result: dict[str, list[Term]]) -> Messages:
        """Give the messages of a result their languages, which pySHACL drops for SPARQL."""
        messages = texts(result.get("resultMessage", []))
        return tuple(
            sorted(
                (
                    lang or next((lang for lang, said in self._declared if _says(said, text)), ""),
                    text,
                )
                for lang, text in messages
            )
        )


def _check_copies(data: Iterable[Quad]) -> None:
    """Check that blank nodes can be copied into a report, with what they refer to, each time.

    pySHACL does so five steps deep, along every way, for each result.

    Raises:
        ShapesError: if the copies of one would be too large.
    """
    said: dict[object, list[object]] = {}
    uses: Counter[object] = Counter()
    for subject, _, term, _ in data:
        if isinstance(subject, BlankNode):
            said.setdefault(subject, []).append(term)
        uses.update(node for node in (subject, term) if isinstance(node, BlankNode))
    size = dict.fromkeys(said, 1)
    for _ in range(_COPIED_STEPS):
        size = {node: 1 + sum(size.get(term, 1) for term in said[node]) for node in said}
    if any(size[node] * uses[node] > _LARGEST_COPIES for node in said):
        raise ShapesError(
            "no engine can judge this: pySHACL copies blank nodes with all that they refer to, "
            f"here over {_LARGEST_COPIES:,} triples for one of them. Leave out --engine pyshacl."
        )


class _Originals:
    """Finds the blank nodes of which pySHACL put copies into its report."""

    def __init__(self, report: Iterable[Quad], sources: Iterable[Quad]) -> None:
        self._copies = BlankNodes(report)
        self._sources = sources

    def of(self, term: Term) -> Term:
        """Return the original of a blank node, the first if some look alike; another term as it is."""
        if not isinstance(term, BlankNode):
            return term
        return self._known.get(self._copies.describe(term), [term])[0]

    def alike(self, original: Node) -> list[Node]:
        """Return the originals that look like one, which is among them."""
        if not isinstance(original, BlankNode):
            return [original]
        return [*self._known.get(self._nodes.describe(original), [original])]

    @cached_property
    def _nodes(self) -> BlankNodes:
        return BlankNodes(self._sources)

    @cached_property
    def _known(self) -> dict[str, list[BlankNode]]:
        return self._nodes.by_description()


def _rdflib_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Copy quads of one graph, keeping every literal as it is spelt."""
    import rdflib

    n_triples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    rdflib.NORMALIZE_LITERALS = False
    try:
        return rdflib.Graph().parse(data=n_triples, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _says(declared: str, text: str) -> bool:
    """Tell whether a text is a declared message, whatever fills its ``{?name}`` places."""
    fixed = re.split(r"\{[?$]\w+\}", declared)
    return re.fullmatch(".*".join(map(re.escape, fixed)), text, re.DOTALL) is not None
