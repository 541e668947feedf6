"""Prefixes: IRIs compacted to prefixed names for people, and prefixed names expanded to IRIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .namespaces import PREFIXES, XSD

Term = NamedNode | BlankNode | Literal | Triple


class Prefixes:
    """Prefixes with the namespaces that they stand for."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = dict(namespaces)
        in_order = sorted(namespaces.items(), key=lambda item: (-len(item[1]), item))
        self._names: dict[str, str] = {}
        for prefix, namespace in in_order:
            if namespace:
                self._names.setdefault(namespace, prefix)

    @cached_property
    def _namespace(self) -> re.Pattern[str]:
        """Matches the longest namespace; with no namespaces it matches nothing."""
        return re.compile("|".join(map(re.escape, self._names)) or "(?!)")

    @classmethod
    def preferring(cls, namespaces: Mapping[str, str]) -> Prefixes:
        """Return prefixes of one's own and, for other namespaces, those of the project."""
        own = set(namespaces.values())
        others = {
            prefix: namespace
            for prefix, namespace in PREFIXES.items()
            if prefix not in namespaces and namespace not in own
        }
        return cls({**namespaces, **others})

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return the prefix of the longest namespace that an IRI begins with, and the rest."""
        match = self._namespace.match(iri)
        return (self._names[match[0]], iri[match.end() :]) if match else None

    def compact(self, iri: str) -> str:
        """Return an IRI as a prefixed name, or in angle brackets if no prefix fits."""
        found = self.split(iri)
        return ":".join(found) if found else f"<{iri}>"

    def compact_term(self, term: Term) -> str:
        """Return a term as Turtle writes it; integers, booleans and texts without their datatype."""
        if isinstance(term, NamedNode):
            return self.compact(term.value)
        if isinstance(term, Literal) and not term.language:
            datatype = term.datatype.value
            if datatype == XSD + "integer" and term.value.lstrip("+-").isdecimal():
                return term.value
            if datatype == XSD + "boolean" and term.value in ("true", "false"):
                return term.value
            if datatype != XSD + "string":
                return f"{Literal(term.value)}^^{self.compact(datatype)}"
        return str(term)

    def compact_path(self, path: str) -> str:
        """Return a SPARQL property path with each IRI compacted."""
        return re.sub(r"<([^>]*)>", lambda match: self.compact(match[1]), path)

    def expand(self, name: str) -> str:
        """Return the IRI of a prefixed name; a name without a known prefix stays as it is.

        As in https://www.w3.org/TR/json-ld11-api/#iri-expansion, ``//`` after the colon makes an IRI.
        """
        prefix, _, local = name.partition(":")
        namespace = self._namespaces.get(prefix)
        return name if namespace is None or local.startswith("//") else namespace + local


KNOWN_PREFIXES = Prefixes(PREFIXES)
