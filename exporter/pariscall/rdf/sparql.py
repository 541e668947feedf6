r"""SPARQL texts read as tokens, which is enough to find SERVICE, FROM and ``SELECT *``.

Parsers differ in what they accept: Oxigraph separates words that are written together, as in
``SERVICESILENT``, and reads no keyword in ``\\u0053ERVICE``. The tokens here do without a grammar,
so a query in a newer syntax is not refused for its syntax, and a keyword in a string, a comment, an
IRI, a variable or a prefixed name is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast

from pyoxigraph import NamedNode, QuerySolutions, Store

from ..errors import QueryError
from .namespaces import PREFIXES

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_TOKEN = re.compile(
    r"""(?P<string> \"{3}(?>(?:[^"\\]|\\.|\"(?!\"\"))*)\"{3} | '{3}(?>(?:[^'\\]|\\.|'(?!''))*)'{3}
          | \"(?>(?:[^"\\\n\r]|\\.)*)\" | '(?>(?:[^'\\\n\r]|\\.)*)' )
      | (?P<comment> \#[^\n\r]* )
      | (?P<iri> <(?>(?:[^\x00-\x20<>"{}|^`\\]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)> )
      | (?P<variable> [?$]\w+ )
      | (?P<tag> @[A-Za-z]++(?>(?:-[A-Za-z0-9]++)*)(?:--(?:ltr|rtl))? )
      | (?P<name> (?:[^\W\d_](?:[\w.-]{0,60}[\w-])?|_)?
            :(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))? )
      | (?P<word> [^\W\d]\w* )
      | (?P<number> (?:\d+\.?|\.\d)\d*(?:[eE][+-]?\d+)? )
      | (?P<opening> [({\[] ) | (?P<closing> [)}\]] )
      | (?P<symbol> \|\| | && | \^\^ | \\. | \S )""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token: its kind, its text and the offset of its first character."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class DatasetClause:
    """The graphs that a query chooses (SPARQL 1.1 §13.2): FROM, and FROM NAMED."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def tokens(query: str) -> Iterator[Token]:
    """Return the tokens of a query, without its comments, in time linear in its length."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match[0], match.start())


def check_is_local(query: str) -> None:
    r"""Check that a query calls no other server.

    It is read with the escapes ``\\uXXXX`` as they are and written out, because SPARQL 1.1 (§19.2)
    and SPARQL 1.2 differ on where they stand for characters of the syntax.

    Raises:
        QueryError: if the query has a SERVICE clause.
    """
    for reading in {query, with_codepoints(query)}:
        if _has_service(list(tokens(reading))):
            raise QueryError("SERVICE calls another server, which is not done here. Remove it.")


def check_reads_no_address(query: str) -> None:
    """Check that a text of SPARQL names no graph to load: FROM, FROM NAMED, or LOAD.

    Raises:
        QueryError: if it does.
    """
    for reading in {query, with_codepoints(query)}:
        found = list(tokens(reading))
        if any(_graphs(found)) or any(
            _is_word(token, "LOAD", "LOADSILENT") and after.kind in ("iri", "name", "word")
            for token, after in pairwise(found)
        ):
            raise QueryError("FROM and LOAD read another graph, which is not done here. Remove it.")


def dataset_clause(query: str, base: str | None = None) -> DatasetClause | None:
    """Return the graphs that a valid query names with FROM and FROM NAMED, or None.

    Raises:
        SyntaxError: if an IRI of the clause is invalid.
    """
    found = list(tokens(query))
    form = next((at for at, token in enumerate(found) if _is_word(token, *_FORMS)), len(found))
    graphs = list(_graphs(found[form:]))
    if not graphs:
        return None
    rows = " ".join(iri for _, iri in graphs)
    prologue = query[: found[form].start]
    text = f"{prologue}\nSELECT ?iri {{ VALUES ?iri {{ {rows} }} }}"
    solutions = cast("QuerySolutions", Store().query(text, prefixes=PREFIXES, base_iri=base))
    iris = [cast("NamedNode", solution[0]).value for solution in solutions]
    resolved = list(zip(iris, (is_named for is_named, _ in graphs), strict=True))
    return DatasetClause(
        tuple(iri for iri, is_named in resolved if not is_named),
        tuple(iri for iri, is_named in resolved if is_named),
    )


def with_variables_in_order(query: str, variables: set[str]) -> str:
    """Write out the ``*`` of ``SELECT *``: the variables in the order in which the query has them.

    Oxigraph sorts them by name.
    """
    found = list(tokens(query))
    select = next((at for at, token in enumerate(found) if _is_word(token, *_FORMS)), None)
    if select is None or not variables:
        return query
    words = {"SELECT", "SELECTDISTINCT", "SELECTREDUCED", "DISTINCT", "REDUCED"}
    star = select
    while star < len(found) and _is_word(found[star], *words):
        star += 1
    if star == select or star == len(found) or found[star].text != "*":
        return query
    names = [token.text[1:] for token in found if token.kind == "variable"]
    ordered = [f"?{name}" for name in dict.fromkeys(names) if name in variables]
    return f"{query[: found[star].start]} {' '.join(ordered)} {query[found[star].end :]}"


def with_codepoints(query: str) -> str:
    r"""Replace the escapes ``\uXXXX`` and ``\UXXXXXXXX`` by their characters (SPARQL 1.1 §19.2)."""
    return _CODEPOINT.sub(_character, query)


def _has_service(found: list[Token]) -> bool:
    """Return whether the keyword is there, also glued to its neighbours as Oxigraph allows.

    ``SERVICE:a { }`` is a call too where the empty prefix is declared, but no other place where a
    name comes before a bracket is.
    """
    for at, token in enumerate(found):
        if token.kind == "word" and "SERVICE" in token.text.upper():
            return True
        if token.kind == "name" and "SERVICE" in token.text.partition(":")[0].upper():
            before = found[at - 1].text.upper() if at else ""
            if before not in ("GRAPH", "FROM", "NAMED") and [
                t.text for t in found[at + 1 : at + 2]
            ] == ["{"]:
                return True
    return False


def _graphs(found: list[Token]) -> Iterator[tuple[bool, str]]:
    """Find the IRIs of the dataset clause, each with whether it follows FROM NAMED."""
    at = 0
    while at < len(found):
        word = found[at].text.upper()
        at += 1
        if found[at - 1].kind != "word" or not word.endswith(("FROM", "FROMNAMED")):
            continue
        is_named = word.endswith("NAMED")
        if at < len(found) and _is_word(found[at], "NAMED"):
            is_named, at = True, at + 1
        if at < len(found) and found[at].kind in ("iri", "name"):
            yield is_named, found[at].text


def _is_word(token: Token, *words: str) -> bool:
    return token.kind == "word" and token.text.upper() in words


def _character(match: re.Match[str]) -> str:
    return chr(min(int(match[1] or match[2], 16), 0x10FFFF))
