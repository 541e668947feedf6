"""Rules: what the shapes of a graph are called, what they look at, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.namespaces import RDF
from ...rdf.prefixes import Prefixes
from .result import Messages, Term, ValidationResult
from .shapes import ShapesGraph

_SUFFIX = "ConstraintComponent"
_LOOKED_AT = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_INNER = ("property", "node", "not", "and", "or", "xone", "qualifiedValueShape", "sparql")
_NAME = re.compile(r"<([^<>\s]+)>|\b([\w-]*):([\w.-]*\w)")


class Rules:
    """The rules that the shapes of a graph stand for."""

    def __init__(self, shapes: Iterable[Quad], prefixes: Prefixes) -> None:
        quads = list(shapes)
        self.prefixes = prefixes
        self.graph = ShapesGraph(quads)
        self._owners: dict[Term, Term] = {}
        for quad in quads:
            if isinstance(quad.object, BlankNode) and isinstance(
                quad.subject, NamedNode | BlankNode
            ):
                self._owners.setdefault(quad.object, quad.subject)

    def name(self, node: Term) -> str:
        """Name a rule: by its shape, or by the shape around it and its path."""
        return self._named(node, self.prefixes)

    def identity(self, node: Term) -> str:
        """Name a rule in full, whatever prefixes are in use."""
        return self._named(node, Prefixes({}))

    def _named(self, node: Term, prefixes: Prefixes) -> str:
        owner = node
        while isinstance(owner, BlankNode) and owner in self._owners:
            owner = self._owners[owner]
        names = [prefixes.compact_term(owner)] if isinstance(owner, NamedNode) else ["shape"]
        if isinstance(owner, BlankNode):
            for target in ("targetClass", "targetNode"):
                names += [prefixes.compact_term(term) for term in self.graph.values(owner, target)]
        if isinstance(node, BlankNode):
            paths = self.graph.values(node, "path")
            names += [prefixes.compact_path(self.graph.path(path)) for path in paths]
        return " ".join(names)

    def messages(self, result: ValidationResult) -> Messages:
        """Give the messages of a finding, or what the shape demands if it has none."""
        declared = result.component == "SPARQL" + _SUFFIX or self.graph.values(
            result.shape, "message"
        )
        if (declared and result.messages) or not self.graph.properties(result.shape):
            return result.messages
        name = result.component.removesuffix(_SUFFIX)
        parameter = name[:1].lower() + name[1:]
        values = " ".join(
            self._value(value) for value in self.graph.values(result.shape, parameter)
        )
        demand = f"sh:{parameter} {values}".rstrip()
        return ("en", f"The shape asks for {demand}."), ("fr", f"La forme exige {demand}.")

    def predicates(self, node: Term) -> list[NamedNode]:
        """Give the predicates that a shape looks at, in the order in which it names them."""
        return list(dict.fromkeys(self._predicates(node, frozenset())))

    def _predicates(self, node: Term, seen: frozenset[Term]) -> Iterator[NamedNode]:
        if node in seen:
            return
        said = self.graph.properties(node)
        for path in said.get("path", []):
            yield from (NamedNode(iri) for iri in re.findall(r"<([^>]*)>", self.graph.path(path)))
        for name in _LOOKED_AT:
            yield from (term for term in said.get(name, []) if isinstance(term, NamedNode))
        for select in said.get("select", []):
            if isinstance(select, Literal):
                yield from _names(select.value, self.graph.prefixes(node))
        for name in (*_INNER, RDF + "first", RDF + "rest"):
            for inner in said.get(name, []):
                yield from self._predicates(inner, seen | {node})

    def _value(self, value: Term) -> str:
        if isinstance(value, BlankNode):
            if self.graph.values(value, RDF + "first"):
                return (
                    "( "
                    + " ".join(self.prefixes.compact_term(item) for item in self.graph.items(value))
                    + " )"
                )
            return "[ ]"
        return self.prefixes.compact_term(value)


def _names(query: str, prefixes: dict[str, str]) -> Iterator[NamedNode]:
    """Give the IRIs in a query that are spelt out or begin with one of its prefixes."""
    for iri, prefix, local in _NAME.findall(query):
        if iri:
            yield NamedNode(iri)
        elif prefix in prefixes:
            yield NamedNode(prefixes[prefix] + local)
