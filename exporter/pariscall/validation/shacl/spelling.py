"""How terms and paths are spelt for people: with prefixes, as in Turtle."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ...rdf.namespaces import PREFIXES, XSD
from .result import Node


class Spelling:
    """Spells with some prefixes; an IRI without one stands in full."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item))

    @classmethod
    def preferring(cls, prefixes: Mapping[str, str]) -> Spelling:
        """Spell with prefixes of one's own, and for other namespaces with those of the project."""
        namespaces = set(prefixes.values())
        others = {
            prefix: namespace
            for prefix, namespace in PREFIXES.items()
            if prefix not in prefixes and namespace not in namespaces
        }
        return cls({**prefixes, **others})

    def iri(self, iri: str) -> str:
        """Write an IRI with the longest prefix, or in angle brackets without one."""
        for prefix, namespace in self._prefixes:
            if namespace and iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def term(self, term: Node) -> str:
        """Write a term; integers and texts without their datatype."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, Literal) and not term.language:
            datatype = term.datatype.value
            if datatype == XSD + "integer" and term.value.lstrip("+-").isdecimal():
                return term.value
            if datatype != XSD + "string":
                return f"{Literal(term.value)}^^{self.iri(datatype)}"
        return str(term)

    def path(self, path: str) -> str:
        """Write a property path."""
        return re.sub(r"<([^>]*)>", lambda match: self.iri(match[1]), path)
