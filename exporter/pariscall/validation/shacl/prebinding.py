"""Queries of shapes, with the variables that SHACL binds beforehand.

Appendix A of the recommendation (https://www.w3.org/TR/shacl/#pre-binding) has these variables
bound everywhere in a query. So each group of the query begins with their values, and queries that
the appendix calls ill-formed are refused. Blank nodes cannot be written into a query: such a
value is looked up in a named graph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from ...errors import QueryError, ShapesError
from ...rdf.sparql import check_is_local, with_codepoints
from .result import Node

BOUND = NamedNode("urn:x-pariscall:bound")
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>                                  # an IRI
    |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}  # texts
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |\#[^\n\r]*                                                    # a comment
    |[?$]\w+                                                       # a variable
    |@[A-Za-z]+(?:-\w+)*                                           # a language
    |[^\W\d_]?[\w.-]*:(?:[\w.:%-]|\\.)*                            # a name with a prefix
    |\w+                                                           # a word or a number
    |[<>!]=|&&|\|\||\^\^                                           # operators
    |\s+|.""",
    re.DOTALL | re.VERBOSE,
)
_CLOSING = {"{": "}", "(": ")"}
_LONGEST, _DEEPEST = 5_000, 100
_FORBIDDEN = ("MINUS", "VALUES", "SERVICE", "FROM")
_OPTIONAL = {"shapesGraph", "currentShape"}


@dataclass(frozen=True)
class Template:
    """A query whose groups wait for the values of variables.

    ``tokens`` are those that mean something, ``variables`` those bound beforehand that it names.
    """

    pieces: tuple[str, ...]
    tokens: tuple[str, ...]
    variables: tuple[str, ...]

    def bound(self, values: Mapping[str, Node]) -> str:
        """Write the query in which variables have values."""
        given = {name: values[name] for name in self.variables if name in values}
        return f" {_bindings(given)} ".join(self.pieces)

    def blank(self, values: Mapping[str, Node]) -> dict[str, Node]:
        """Return the values that must be in the graph ``BOUND``, each by its variable."""
        return {
            name: values[name]
            for name in self.variables
            if name in values and not _is_writable(values[name])
        }


def read_template(query: str, variables: Collection[str], path: str | None = None) -> Template:
    """Read a query, find the places for values, and refuse what appendix A forbids.

    ``variables`` are bound beforehand; ``path`` is written for ``$PATH``.

    Raises:
        ShapesError: if the query is ill-formed, with its line.
    """
    tokens = _TOKEN.findall(with_codepoints(query))
    if path is not None:
        tokens = [path if token in ("$PATH", "?PATH") else token for token in tokens]
    query_tokens = _Tokens(tokens, variables)
    query_tokens.check()
    try:
        check_is_local(query)
    except QueryError as error:
        raise ShapesError(str(error)) from None
    return query_tokens.template()


def _bindings(values: Mapping[str, Node]) -> str:
    written = {name: value for name, value in values.items() if _is_writable(value)}
    patterns = [
        f"GRAPH {BOUND} {{ {BOUND} <{BOUND.value}:{name}> ?{name} }}"
        for name in values
        if name not in written
    ]
    if written:
        names = " ".join(f"?{name}" for name in written)
        patterns.append(f"VALUES ({names}) {{ ({' '.join(map(str, written.values()))}) }}")
    return " ".join(patterns)


def _is_writable(value: Node) -> bool:
    return not isinstance(value, BlankNode | Triple)


class _Tokens:
    """The tokens of a query, read for its groups."""

    def __init__(self, tokens: list[str], variables: Collection[str]) -> None:
        self._all = tokens
        self._variables = variables
        self._real = [
            at for at, token in enumerate(tokens) if token[0] != "#" and not token.isspace()
        ]
        self._named = tuple(dict.fromkeys(self._names(self._real)))

    def template(self) -> Template:
        """Cut the query where values belong: at the start of each group that needs them."""
        pieces, start = [], 0
        for opening in self._groups():
            pieces.append("".join(self._all[start : opening + 1]))
            start = opening + 1
        pieces.append("".join(self._all[start:]))
        return Template(tuple(pieces), tuple(self._all[at] for at in self._real), self._named)

    def check(self) -> None:
        """Check what appendix A asks of a query, and that a parser can read it to its end."""
        self._check_size()
        for index, at in enumerate(self._real):
            word = self._token(index)
            if word.isalnum() and (forbidden := next((w for w in _FORBIDDEN if w in word), None)):
                self._refuse(at, f"{forbidden} must not be in a query of SHACL")
            if word == "AS" and self._name(index + 1) in self._variables:
                name = self._name(index + 1)
                self._refuse(at, f"${name} is bound beforehand and cannot be assigned")
            if word == "SELECT" and index != self._first_select():
                self._check_subquery(index)

    def _check_size(self) -> None:
        """Check that a query is neither too long nor too deep for the stack of a parser."""
        if len(self._real) > _LONGEST:
            raise ShapesError(f"a query of more than {_LONGEST:,} words is not run.")
        depth = 0
        for at in self._real:
            depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(self._all[at], 0)
            if depth > _DEEPEST:
                self._refuse(at, f"brackets are nested more than {_DEEPEST} deep")

    def _check_subquery(self, index: int) -> None:
        """Check that a subquery returns the variables that are bound beforehand."""
        opening = self._find(index, "{")
        projected = {self._name(i) for i in range(index, opening)}
        inside = set(self._names(self._real[opening : self._end(opening)]))
        if "*" in map(self._token, range(index + 1, min(index + 3, opening))):
            projected |= set(self._names(self._in_scope(opening)))
        needed = (inside | ({"this"} & set(self._variables))) - _OPTIONAL
        for name in sorted(needed - projected):
            self._refuse(self._real[index], f"a subquery must return ${name}")

    def _in_scope(self, opening: int) -> Iterator[int]:
        """Yield the places of a group outside expressions, whose variables ``*`` does not return."""
        end, index = self._end(opening), opening
        while index < end:
            if self._token(index) in ("FILTER", "BIND"):
                index = self._end(self._find(index, "({"))
            else:
                yield self._real[index]
            index += 1

    def _find(self, index: int, tokens: str) -> int:
        """Return where the first of some tokens is, from a place on, or the end."""
        places = range(index, len(self._real))
        return next((i for i in places if self._token(i) in tokens), len(self._real))

    def _groups(self) -> Iterator[int]:
        """Yield where the groups open that need values: those of SELECT, and those that name any."""
        waits_for_group = True
        for index, at in enumerate(self._real):
            word = self._token(index)
            if word == "SELECT":
                waits_for_group = True
            if word != "{" or self._token(index + 1) == "SELECT":
                continue
            if waits_for_group or any(self._names(self._real[index : self._end(index)])):
                yield at
            waits_for_group = False

    def _end(self, index: int) -> int:
        """Return the index of the bracket that closes the one at an index."""
        depth, opening = 0, self._token(index)
        for later in range(index, len(self._real)):
            depth += {opening: 1, _CLOSING[opening]: -1}.get(self._token(later), 0)
            if depth == 0:
                return later
        return len(self._real)

    def _names(self, places: Iterable[int]) -> Iterator[str]:
        """Yield the variables bound beforehand that are named in some places."""
        for at in places:
            token = self._all[at]
            if token[0] in "?$" and token[1:] in self._variables:
                yield token[1:]

    def _token(self, index: int) -> str:
        """Return a token in capital letters; ``SELECTDISTINCT`` is read as SELECT, as parsers do."""
        token = self._all[self._real[index]].upper() if index < len(self._real) else ""
        return "SELECT" if token.isalpha() and token.startswith("SELECT") else token

    def _name(self, index: int) -> str:
        token = self._all[self._real[index]] if index < len(self._real) else ""
        return token[1:] if token[:1] in ("?", "$") else ""

    def _first_select(self) -> int:
        return next((i for i in range(len(self._real)) if self._token(i) == "SELECT"), -1)

    def _refuse(self, at: int, problem: str) -> None:
        line = "".join(self._all[:at]).count("\n") + 1
        raise ShapesError(
            f"line {line} of the query: {problem} (https://www.w3.org/TR/shacl/#pre-binding)."
        )
