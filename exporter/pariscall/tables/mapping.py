"""From rows to triples, as the CSVW metadata say.

Implements the minimal mode of https://www.w3.org/TR/csv2rdf/ for the properties that our
metadata use: ``aboutUrl``, ``propertyUrl``, ``valueUrl``, ``datatype``, ``lang``, ``virtual``
and ``suppressOutput``; templates are those of RFC 6570 with ``{name}`` and ``{+name}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from ..rdf.namespaces import XSD
from ..rdf.prefixes import KNOWN_PREFIXES
from .csvw import Column, Table

Term = NamedNode | Literal
Statement = tuple[NamedNode, NamedNode, Term]
Cells = list[str]
Text = Callable[[Cells], str]
Value = Callable[[Cells], Term | None]

_VARIABLE = re.compile(r"\{(\+?)(\w+)\}")
_RESERVED = ":/?#[]@!$&'()*+,;=%"

_named_node = lru_cache(maxsize=65536)(NamedNode)


class Mapper:
    """Maps the rows of a table to triples."""

    def __init__(self, table: Table) -> None:
        self._about = _template(table, table.about_url)
        self._own: list[tuple[NamedNode, Value]] = []
        self._others: list[tuple[Text, NamedNode, Value]] = []
        self._origins: list[tuple[str, Text, NamedNode, Value]] = []
        for column in table.columns:
            if column.property_url is not None:
                predicate = NamedNode(KNOWN_PREFIXES.expand(column.property_url))
                value = _value(table, column)
                about = self._about
                if column.about_url is None:
                    self._own.append((predicate, value))
                else:
                    about = _template(table, column.about_url)
                    self._others.append((about, predicate, value))
                name = table.cells[0].name if column.virtual else column.name
                self._origins.append((name, about, predicate, value))

    def subject(self, cells: Cells) -> NamedNode:
        """Return the subject of a row."""
        return _named_node(self._about(cells))

    def own(self, cells: Cells) -> list[tuple[NamedNode, Term]]:
        """Return the predicates and objects of a row about its own subject."""
        return [
            (predicate, term)
            for predicate, value in self._own
            if (term := value(cells)) is not None
        ]

    def others(self, cells: Cells) -> Iterator[Statement]:
        """Yield the triples of a row about other subjects, in columns with their own ``aboutUrl``."""
        for about, predicate, value in self._others:
            term = value(cells)
            if term is not None:
                yield _named_node(about(cells)), predicate, term

    def origins(
        self, cells: Cells
    ) -> Iterator[tuple[str, NamedNode, NamedNode, NamedNode | Literal | None]]:
        """Yield the column that each triple of a row comes from, and the triple.

        A triple of a virtual column comes from the first column; an empty cell gives None
        in place of the object.
        """
        for name, about, predicate, value in self._origins:
            yield name, _named_node(about(cells)), predicate, value(cells)


def _value(table: Table, column: Column) -> Value:
    if column.value_url is not None:
        url = _template(table, KNOWN_PREFIXES.expand(column.value_url))
        if column.virtual:
            return lambda cells: _named_node(url(cells))
        at = table.index[column.name]
        return lambda cells: _named_node(url(cells)) if cells[at] else None
    at = table.index[column.name]
    if column.lang:
        lang = column.lang
        return lambda cells: Literal(cells[at], language=lang) if cells[at] else None
    if column.datatype == "string":
        return lambda cells: Literal(cells[at]) if cells[at] else None
    typed = _typed(NamedNode(XSD + column.datatype))
    return lambda cells: typed(cells[at]) if cells[at] else None


def _typed(datatype: NamedNode) -> Callable[[str], Literal]:
    return lru_cache(maxsize=4096)(lambda text: Literal(text, datatype=datatype))


def _template(table: Table, template: str) -> Text:
    """Compile a URI template into a function of the cells of a row."""
    pieces = _VARIABLE.split(template)
    texts = pieces[0::3]
    variables = [
        (table.index[name], _reserved if plus else _simple)
        for plus, name in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    if not variables:
        return lambda _: template
    if len(variables) == 1:
        (before, after), [(at, encode)] = texts, variables
        return lambda cells: before + encode(cells[at]) + after
    rest = list(zip(variables, texts[1:], strict=True))

    def expand(cells: Cells) -> str:
        expanded = texts[0]
        for (at, encode), text in rest:
            expanded += encode(cells[at]) + text
        return expanded

    return expand


@lru_cache(maxsize=65536)
def _simple(value: str) -> str:
    return quote(value, safe="~")


@lru_cache(maxsize=65536)
def _reserved(value: str) -> str:
    return quote(value, safe=_RESERVED + "~")
