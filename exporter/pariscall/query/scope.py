"""The variables of a SPARQL text that a value can be given to from outside, and where it goes.

The text is read as tokens, so that nothing in a comment, a string or an IRI is taken for a variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..rdf.sparql import Token, tokens

_SELECTS = {"SELECT", "SELECTDISTINCT", "SELECTREDUCED"}  # Oxigraph separates words
_FORMS = {*_SELECTS, "CONSTRUCT", "DESCRIBE", "ASK"}
_CLOSING = {"OPTIONAL", "MINUS", "EXISTS"}  # a value joined outside would not reach into these


@dataclass
class Scope:
    """The variables of a query that can be given a value.

    ``defaults`` has the span of the values of each ``VALUES ?name { ... }``, ``open`` the other
    variables, ``start`` the offset in the pattern at which a VALUES block binds them, and
    ``prologue`` the declarations before the query.
    """

    prologue: str = ""
    start: int | None = None
    defaults: dict[str, tuple[int, int]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """All names, in order."""
        return sorted(self.open | self.defaults.keys())


def read_scope(text: str) -> Scope:
    """Read which variables of a query a value can be given to.

    These are the ones with a value in the query itself (``VALUES ?day { ... }``), and those of
    its pattern, except where they are computed (``AS ?n``) or occur only in an OPTIONAL, MINUS
    or EXISTS or within a sub-SELECT, where a value from outside would change nothing or too much.
    """
    reader = _Reader(text)
    for token in tokens(text):
        reader.read(token)
    reader.scope.open -= reader.computed
    return reader.scope


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Write values, in the syntax of SPARQL, into a query in whose scope all names are."""
    scope = read_scope(text)
    parts = [(span, f" {values[name]} ") for name, span in scope.defaults.items() if name in values]
    if scope.start is not None:
        blocks = [
            f" VALUES ?{name} {{ {value} }}"
            for name, value in values.items()
            if name not in scope.defaults
        ]
        parts.append(((scope.start, scope.start), "".join(blocks)))
    for (begin, end), part in sorted(parts, reverse=True):
        text = text[:begin] + part + text[end:]
    return text


class _Reader:
    """Reads tokens in order, and keeps which groups a value from outside reaches into."""

    def __init__(self, text: str) -> None:
        self.scope = Scope()
        self.computed: set[str] = set()
        self._text = text
        self._form = ""
        self._before = ("", "")
        self._groups: list[bool] = []
        self._values: tuple[str, int, int] | None = None  # name, start and depth of a block
        self._parentheses = 0
        self._is_projecting = False

    def read(self, token: Token) -> None:
        if token.kind == "word":
            self._word(token.text.upper(), token.start)
        elif token.kind == "variable":
            self._variable(token.text[1:])
        elif token.text == "{":
            self._open(token.end)
        elif token.text == "}":
            self._close(token.start)
        elif token.text in "()":
            self._parentheses += 1 if token.text == "(" else -1
        self._before = (
            self._before[1],
            token.text.upper() if token.kind == "word" else token.text,
        )

    def _word(self, word: str, start: int) -> None:
        if not self._form and word in _FORMS:
            self._form = word
            self.scope.prologue = self._text[:start]
        elif word in _SELECTS and self._groups:
            self._groups[-1] = False
            self._is_projecting = True

    def _variable(self, name: str) -> None:
        if self._before[1] == "AS":
            self.computed.add(name)
        is_projected = self._is_projecting and not self._parentheses
        around = self._groups[:-1] if is_projected else self._groups
        if around and all(around):
            self.scope.open.add(name)

    def _open(self, end: int) -> None:
        self._is_projecting = False
        is_pattern = not (self._groups or self._is_template())
        if is_pattern and self.scope.start is None:
            self.scope.start = end
        keyword, variable = self._before
        if keyword == "VALUES" and variable[0] in "?$":
            self._values = variable[1:], end, len(self._groups)
        self._groups.append(variable not in _CLOSING if self._groups else is_pattern)

    def _is_template(self) -> bool:
        """Report whether a brace begins the template of a CONSTRUCT, or both at once."""
        return self._before[1] == "CONSTRUCT" or self._before == ("CONSTRUCT", "WHERE")

    def _close(self, start: int) -> None:
        if self._groups:
            self._groups.pop()
        if self._values and self._values[2] == len(self._groups):
            self.scope.defaults[self._values[0]] = self._values[1], start
            self._values = None
