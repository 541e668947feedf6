"""Query results in the formats that readers and programs want."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from ..errors import MisuseError
from ..io.markdown import markdown
from ..io.numbers import counted
from ..io.terminal import visible
from ..rdf.canonical import canonicalized
from ..rdf.language_tags import LanguageTags, ResultFormat
from ..rdf.prefixes import KNOWN_PREFIXES
from ..rdf.turtle import turtle

QueryResults = QuerySolutions | QueryBoolean | QueryTriples

_SOLUTION_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {"nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}

FORMATS = ("table", *_SOLUTION_FORMATS, "md", "html", "ttl", *_GRAPH_FORMATS)

_NOT_IN_FORMAT = "{} cannot hold these results of RDF 1.2. Choose Turtle or N-Triples."
_RDF_1_2 = re.compile(rb'"(?:[^"\\]|\\.)*"(?P<new>@[A-Za-z0-9-]+--)?|(?P<term><<\()')
# What XML 1.0 (2.2) has no way to write.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def render(results: QueryResults, format_name: str | None, tags: LanguageTags) -> str:
    """Return results as text: a table or a W3C format for rows, RDF for graphs.

    Language tags are those of ``tags``.

    Raises:
        MisuseError: if results of this kind cannot be written in that format.
    """
    if isinstance(results, QueryTriples):
        return render_triples(results, format_name or "ttl", tags)
    format_name = format_name or "table"
    if format_name in _SOLUTION_FORMATS:
        target = _SOLUTION_FORMATS[format_name]
        text = finished(results.serialize(format=target) or b"", target, tags).decode()
        return text if text.endswith("\n") else text + "\n"
    if format_name not in _FOR_READERS:
        raise MisuseError(
            f"rows cannot be written as {format_name}. "
            "Choose table, csv, tsv, json, xml, md or html; xlsx or parquet with --output."
        )
    if isinstance(results, QueryBoolean):
        return "yes\n" if results else "no\n"
    return _FOR_READERS[format_name](results)


def finished(content: bytes, form: ResultFormat, tags: LanguageTags) -> bytes:
    """Return results, or a part that ends where they can be cut, as Oxigraph should write them.

    Raises:
        MisuseError: if the format cannot hold them.
    """
    if form in (QueryResultsFormat.XML, RdfFormat.RDF_XML):
        _check_xml(content)
    if form == RdfFormat.N3 and any(
        match["new"] or match["term"] for match in _RDF_1_2.finditer(content)
    ):
        raise MisuseError(_NOT_IN_FORMAT.format("N3"))
    return tags.restore(content, form)


@contextmanager
def format_checked() -> Iterator[None]:
    """Turn the refusal of Oxigraph to write triple terms as JSON-LD into a message.

    Raises:
        MisuseError: in place of Oxigraph's error.
    """
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            raise
        raise MisuseError(_NOT_IN_FORMAT.format("JSON-LD")) from None


def _check_xml(content: bytes) -> None:
    if found := _NOT_XML.search(content):
        code = f"U+{ord(found[0].decode()):04X}"
        raise MisuseError(f"the results hold {code}, which XML cannot. Choose another format.")


def _table(solutions: QuerySolutions) -> str:
    header, rows = _cells(solutions)
    widths = [max(len(row[at]) for row in [header, *rows]) for at in range(len(header))]
    rule = ["-" * width for width in widths]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, rule, *rows]
    ]
    return "\n".join([*lines, counted(len(rows), "row", "rows")]) + "\n"


def _markdown(solutions: QuerySolutions) -> str:
    """Return a table of GitHub Flavored Markdown; a bar or markup of others is text in it."""
    header, rows = _cells(solutions)
    lines = [header, ["---"] * len(header), *([markdown(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _html(solutions: QuerySolutions) -> str:
    """Return a table of HTML, to paste into a page."""
    header, rows = _cells(solutions)
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    lines = "".join(f"<tr>{cells}</tr>\n" for cells in body)
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{lines}</tbody>\n</table>\n"


def _cells(solutions: QuerySolutions) -> tuple[list[str], list[list[str]]]:
    header = [variable.value for variable in solutions.variables]
    return header, [[_cell(term) for term in solution] for solution in solutions]


# The formats that are for readers, not for programs.
_FOR_READERS = {"table": _table, "md": _markdown, "html": _html}


def _cell(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return visible(KNOWN_PREFIXES.compact(term.value))
    if isinstance(term, Triple):
        return f"<<( {' '.join(map(_cell, term))} )>>"
    return visible(" ".join(term.value.split())) if isinstance(term, Literal) else str(term)


def render_triples(triples: Iterable[Triple], format_name: str, tags: LanguageTags) -> str:
    """Return triples as RDF, in an order that is always the same.

    Raises:
        MisuseError: if they cannot be written in that format.
        RdfError: if their blank nodes are too much alike, as ``canonicalized``.
    """
    if format_name != "ttl" and format_name not in _GRAPH_FORMATS:
        raise MisuseError(f"a graph cannot be written as {format_name}. Choose ttl, nt or jsonld.")
    ordered = canonicalized(list(triples))
    if format_name == "ttl":
        return finished(turtle(ordered).encode(), RdfFormat.TURTLE, tags).decode()
    target = _GRAPH_FORMATS[format_name]
    with format_checked():
        content = serialize(ordered, format=target) or b""
    return finished(content, target, tags).decode()
