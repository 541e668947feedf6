"""Query results, written out in the format that a reader or a program wants."""

from __future__ import annotations

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from ..errors import MisuseError
from ..rdf.namespaces import shorten
from ..rdf.turtle import turtle

Results = QuerySolutions | QueryBoolean | QueryTriples

_SOLUTION_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {"nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}

FORMATS = ("table", *_SOLUTION_FORMATS, "ttl", *_GRAPH_FORMATS)


def render(results: Results, format_name: str | None) -> str:
    """Write results as text: tables and the W3C formats for rows, RDF for graphs.

    Raises:
        MisuseError: if results of this kind cannot be written in that format.
    """
    if isinstance(results, QueryTriples):
        return _graph(results, format_name or "ttl")
    format_name = format_name or "table"
    if format_name in _SOLUTION_FORMATS:
        text = (results.serialize(format=_SOLUTION_FORMATS[format_name]) or b"").decode()
        return text if text.endswith("\n") else text + "\n"
    if format_name != "table":
        raise MisuseError(
            f"rows cannot be written as {format_name}. Choose table, csv, tsv, json or xml."
        )
    if isinstance(results, QueryBoolean):
        return "yes\n" if results else "no\n"
    return _table(results)


def _table(solutions: QuerySolutions) -> str:
    header = [variable.value for variable in solutions.variables]
    rows = [[_cell(term) for term in solution] for solution in solutions]
    widths = [max(len(row[at]) for row in [header, *rows]) for at in range(len(header))]
    rule = ["-" * width for width in widths]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, rule, *rows]
    ]
    number = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*lines, number]) + "\n"


def _cell(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return " ".join(term.value.split()) if isinstance(term, Literal) else str(term)


def _graph(triples: QueryTriples, format_name: str) -> str:
    if format_name != "ttl" and format_name not in _GRAPH_FORMATS:
        raise MisuseError(f"a graph cannot be written as {format_name}. Choose ttl, nt or jsonld.")
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted((quad.triple for quad in dataset), key=str)
    if format_name == "ttl":
        return turtle(ordered)
    return (serialize(ordered, format=_GRAPH_FORMATS[format_name]) or b"").decode()
