"""Whether results are those that a test expects: the same rows in any order, or the same graph."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

Term = NamedNode | BlankNode | Literal | Triple
Row = dict[str, Term]
_RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_FORMATS = {
    ".srx": ("xml", QueryResultsFormat.XML),
    ".srj": ("json", QueryResultsFormat.JSON),
    ".tsv": ("tsv", QueryResultsFormat.TSV),
}


def format_for(result: Path) -> tuple[str, str]:
    """Return the formats to ask for: one for rows, one for a graph."""
    rows = "csv" if result.suffix == ".csv" else _FORMATS.get(result.suffix, ("json", None))[0]
    return rows, "nt"


def is_expected(content: bytes, result: Path) -> bool:
    """Return whether content in the format of ``format_for`` says what a file of a test says."""
    expected = result.read_bytes()
    if result.suffix == ".csv":
        return _cells(content) == _cells(expected)
    if result.suffix in _FORMATS:
        form = _FORMATS[result.suffix][1]
        return _canonical(content, form) == _canonical(expected, form)
    graph = rdflib.Graph().parse(result)
    if (None, rdflib.RDF.type, _RS.ResultSet) in graph:
        return _canonical(content, QueryResultsFormat.JSON) == _rows(list(_solutions(graph)))
    base = result.resolve().as_uri()
    kind = RdfFormat.from_extension(result.suffix[1:]) or RdfFormat.TURTLE
    return _graph(parse(content, RdfFormat.N_TRIPLES)) == _graph(
        parse(expected, kind, base_iri=base)
    )


def _canonical(content: bytes, form: QueryResultsFormat) -> object:
    found = parse_query_results(content, format=form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return _rows(
        [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in found]
    )


def _rows(rows: list[Row]) -> list[str]:
    """Return rows as a graph, in which the names of blank nodes do not matter."""
    counted = Counter(frozenset(row.items()) for row in rows)
    quads = []
    for at, (items, number) in enumerate(counted.items()):
        # A name, because a forked process makes the same random ones as its parent.
        row = BlankNode(f"row{at}")
        quads.append(Quad(row, NamedNode("x:number"), Literal(number)))
        quads += [Quad(row, NamedNode(f"x:{name}"), term) for name, term in items]
    return _graph(quads)


def _graph(quads: Iterable[Quad]) -> list[str]:
    """Return quads in canonical order, with literals as Oxigraph's store keeps them."""
    store = Store()
    store.bulk_extend(quads)
    dataset = Dataset(store)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def _solutions(graph: rdflib.Graph) -> Iterator[Row]:
    for solution in graph.objects(predicate=_RS.solution):
        yield {
            str(graph.value(binding, _RS.variable)): _term(graph.value(binding, _RS.value))
            for binding in graph.objects(solution, _RS.binding)
        }


def _term(node: rdflib.term.Node | None) -> Term:
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(node.datatype) if node.datatype else None)
    return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))


def _cells(content: bytes) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Return the header and the rows of CSV; the name of a blank node says nothing there."""
    header, *rows = csv.reader(content.decode().splitlines(keepends=True))
    return header, Counter(
        tuple("_:" if cell.startswith("_:") else cell for cell in row) for row in rows
    )
