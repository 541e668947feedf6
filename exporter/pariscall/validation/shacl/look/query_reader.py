"""Queries of SPARQL constraints read as what a solution surely needs.

Read are triples, subqueries, and filters. A filter that is not understood is passed over: without
it there are more solutions, not fewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from ....rdf.namespaces import RDF
from .paths import InexpressibleError

Pattern = tuple[str, str, str]  # the terms of a triple, or variables, which begin with ?

_WORDS = re.compile(r"[A-Za-z_]+")
_TEXT = re.compile(r'"([^"\\\n]*)"')
_OPENING, _CLOSING = {"(": 1, "{": 1}, {")": -1, "}": -1}


@dataclass
class Needs:
    """What a solution needs: triples, texts that begin or match, terms that differ, and what is missing."""

    patterns: list[Pattern] = field(default_factory=list)
    beginnings: list[tuple[str, str]] = field(default_factory=list)
    matches: list[tuple[str, str, str]] = field(default_factory=list)
    different: list[tuple[str, str]] = field(default_factory=list)
    missing: list[list[Pattern]] = field(default_factory=list)

    def renamed(self, names: Mapping[str, str]) -> Needs:
        """Return the same needs with other names of variables."""

        def new(term: str) -> str:
            return names.get(term, term)

        def renamed(patterns: list[Pattern]) -> list[Pattern]:
            return [(new(s), new(p), new(o)) for s, p, o in patterns]

        return Needs(
            renamed(self.patterns),
            [(new(name), text) for name, text in self.beginnings],
            [(new(name), pattern, flags) for name, pattern, flags in self.matches],
            [(new(one), new(other)) for one, other in self.different],
            [renamed(patterns) for patterns in self.missing],
        )

    def add(self, other: Needs) -> None:
        """Add the needs of a part of the same query."""
        for name, values in vars(other).items():
            getattr(self, name).extend(values)

    def variables(self) -> set[str]:
        """Return all variables."""
        found = {term for pattern in self.patterns for term in pattern}
        found |= {term for patterns in self.missing for pattern in patterns for term in pattern}
        found |= {name for name, *_ in (*self.beginnings, *self.matches)}
        found |= {term for pair in self.different for term in pair}
        return {term for term in found if term[0] == "?"}


def read_needs(tokens: Sequence[str], prefixes: Mapping[str, str]) -> Needs:
    """Return what a solution of a SELECT query needs.

    Raises:
        InexpressibleError: if the query says what is not read here.
    """
    reader = _Reader(tokens, prefixes)
    reader.read_prologue()
    needs = reader.read_select()
    if reader.token():
        raise InexpressibleError(f"a query with {reader.token()}")
    return needs


class _Reader:
    def __init__(self, tokens: Sequence[str], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._prefixes, self._at = tokens, dict(prefixes), 0
        self._fresh = count(1)

    def token(self) -> str:
        """Return the next token, or an empty text."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def read_prologue(self) -> None:
        """Read the prefixes that a query declares itself."""
        while self._word() == "PREFIX":
            name, iri = self._tokens[self._at + 1 : self._at + 3]
            self._prefixes[name.removesuffix(":")] = iri[1:-1]
            self._at += 3

    def read_select(self) -> Needs:
        """Read a query or subquery; its variables that it does not return get other names."""
        self._expect("SELECT")
        if self._word() in ("DISTINCT", "REDUCED"):
            self._at += 1
        names: dict[str, str] = {}
        is_all = self.token() == "*"
        self._at += is_all
        while self.token()[:1] in ("?", "$", "("):
            names |= self._read_projection()
        if self._word() == "WHERE":
            self._at += 1
        needs = self._read_group()
        if is_all:
            return needs
        inner = needs.variables() - names.keys()
        return needs.renamed(names | {name: f"?{next(self._fresh)} {name}" for name in inner})

    def _read_projection(self) -> dict[str, str]:
        """Read a variable that is returned, under its own name or another."""
        if self.token() != "(":
            name = self._variable()
            return {name: name}
        self._at += 1
        name = self._variable()
        self._expect("AS")
        new = self._variable()
        self._expect(")")
        return {name: new}

    def _read_group(self) -> Needs:
        self._expect("{")
        if self._word() == "SELECT":
            needs = self.read_select()
        else:
            needs = Needs()
            while self.token() != "}":
                self._read_element(needs)
        self._expect("}")
        return needs

    def _read_element(self, needs: Needs) -> None:
        if self.token() == "{":
            needs.add(self._read_group())
            if self._word() == "UNION":
                raise InexpressibleError("a query with UNION")
        elif self._word() == "FILTER":
            self._at += 1
            self._read_filter(needs)
        else:
            self._read_triples(needs)
        if self.token() == ".":
            self._at += 1

    def _read_filter(self, needs: Needs) -> None:
        if self._word() == "NOT":
            self._at += 1
            self._expect("EXISTS")
            inner = self._read_group()
            if vars(inner) == vars(Needs(patterns=inner.patterns)):
                needs.missing.append(inner.patterns)
        elif self._word() == "EXISTS":
            self._at += 1
            self._read_group()
        else:
            self._read_condition(needs)

    def _read_condition(self, needs: Needs) -> None:
        start = self._at
        while self.token() and self.token() != "(":
            self._at += 1
        depth = 0
        while self.token():
            depth += _OPENING.get(self.token(), 0) + _CLOSING.get(self.token(), 0)
            self._at += 1
            if depth == 0:
                break
        tokens = [*self._tokens[start : self._at]]
        _understand(needs, tokens[1:-1] if tokens[0] == "(" else tokens)

    def _read_triples(self, needs: Needs) -> None:
        subject = self._term()
        while True:
            predicate = self._term()
            needs.patterns.append((subject, predicate, self._term()))
            while self.token() == ",":
                self._at += 1
                needs.patterns.append((subject, predicate, self._term()))
            if self.token() != ";":
                return
            while self.token() == ";":
                self._at += 1
            if self.token() in (".", "}"):
                return

    def _term(self) -> str:
        term = self.token()
        if term[:1] in ("?", "$") and len(term) > 1:
            return self._variable()
        self._at += 1
        text = _TEXT.fullmatch(term)
        if text and self.token()[:1] not in ("@", "^"):
            return term
        if term == "a":
            return f"<{RDF}type>"
        if term[:1] == "<" and term[-1:] == ">" and len(term) > 2:
            return term
        prefix, colon, local = term.partition(":")
        if colon and prefix in self._prefixes and "\\" not in local:
            return f"<{self._prefixes[prefix]}{local}>"
        raise InexpressibleError(f"a query with {term or 'no end'}")

    def _variable(self) -> str:
        token = self.token()
        if token[:1] not in ("?", "$") or len(token) < 2:
            raise InexpressibleError(f"a query that returns {token}")
        self._at += 1
        return f"?{token[1:]}"

    def _word(self) -> str:
        return self.token().upper() if _WORDS.fullmatch(self.token()) else ""

    def _expect(self, token: str) -> None:
        if self.token().upper() != token:
            raise InexpressibleError(f"a query with {self.token() or 'no end'}")
        self._at += 1


def _understand(needs: Needs, tokens: list[str]) -> None:
    """Add what a condition says, if it is one of those that are understood."""
    words = [token.upper() for token in tokens]
    if len(tokens) == 3 and tokens[1] == "!=" and {t[0] for t in tokens[::2]} <= {"?", "$"}:
        needs.different.append((f"?{tokens[0][1:]}", f"?{tokens[2][1:]}"))
        return
    if words[1:4] != ["(", "STR", "("] or words[5:7] != [")", ","] or tokens[4][0] not in "?$":
        return
    name, texts = f"?{tokens[4][1:]}", [_TEXT.fullmatch(token) for token in tokens[7:-1:2]]
    given = [text[1] for text in texts if text]
    if len(given) != len(texts) or tokens[8:-1:2] != [","] * (len(given) - 1):
        return
    if words[0] == "STRSTARTS" and len(given) == 1:
        needs.beginnings.append((name, given[0]))
    elif words[0] == "REGEX" and len(given) in (1, 2):
        needs.matches.append((name, given[0], given[1] if len(given) == 2 else ""))
