"""What a SPARQL text asks for, found out before it is run."""

from __future__ import annotations

import re

from .errors import QueryError

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_is_local(query: str) -> None:
    """Refuse a query that would call another server.

    Only a query that spells the keyword somewhere is parsed: the parser then tells a SERVICE
    clause from the word in a string, an IRI or a comment.

    Raises:
        QueryError: if the query has a SERVICE clause.
    """
    if "service" not in _CODEPOINT.sub(_character, query).lower():
        return
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    clauses: list[CompValue] = []

    def collect(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "ServiceGraphPattern":
            clauses.append(node)

    try:
        traverse(parseQuery(query), visitPre=collect)
    except (ParseException, RecursionError):
        raise QueryError(
            "a query that mentions SERVICE could not be checked. Leave it out."
        ) from None
    if clauses:
        raise QueryError("SERVICE calls another server, which is not done here. Leave it out.")


def _character(match: re.Match[str]) -> str:
    return chr(min(int(match[1] or match[2], 16), 0x10FFFF))
