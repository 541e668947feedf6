"""What a SPARQL text asks for, found out before it is run."""

from __future__ import annotations

import re

from ..errors import QueryError

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_is_local(query: str) -> None:
    """Refuse a query that would call another server.

    Raises:
        QueryError: if the query has a SERVICE clause.
    """
    if _has_clause(query, "SERVICE", "ServiceGraphPattern"):
        raise QueryError("SERVICE calls another server, which is not done here. Leave it out.")


def check_names_no_graph(query: str) -> None:
    """Refuse a query that would choose its own dataset.

    Raises:
        QueryError: if the query has a FROM clause.
    """
    if _has_clause(query, "FROM", "DatasetClause"):
        raise QueryError("FROM chooses other graphs, and there is one graph here. Leave it out.")


def with_codepoints(query: str) -> str:
    r"""Write out the escapes ``\uXXXX`` and ``\UXXXXXXXX`` (SPARQL 1.1 §19.2)."""
    return _CODEPOINT.sub(_character, query)


def _has_clause(query: str, keyword: str, clause: str) -> bool:
    """Look for a clause, which takes a parser: the keyword may stand in a string or a comment.

    Only a query that spells the keyword somewhere is parsed. It is read with its escapes as they
    stand and written out, because engines differ on when they write them out; and a carriage
    return becomes a newline, because rdflib alone lets a comment run over it.

    Raises:
        QueryError: if the keyword is there and the query cannot be parsed.
    """
    readings = {query, with_codepoints(query)}
    if not any(keyword.lower() in reading.lower() for reading in readings):
        return False
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parser import QueryUnit
    from rdflib.plugins.sparql.parserutils import CompValue

    clauses: list[CompValue] = []

    def collect(node: object) -> None:
        if isinstance(node, CompValue) and node.name == clause:
            clauses.append(node)

    try:
        for reading in readings:
            traverse(
                QueryUnit.parse_string(reading.replace("\r", "\n"), parse_all=True),
                visitPre=collect,
            )
    except (ParseException, RecursionError):
        raise QueryError(
            f"a query that mentions {keyword} could not be checked. Leave it out."
        ) from None
    return bool(clauses)


def _character(match: re.Match[str]) -> str:
    return chr(min(int(match[1] or match[2], 16), 0x10FFFF))
