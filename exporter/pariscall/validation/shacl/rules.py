"""Rules: what the shapes of a graph are called, what they look at, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ...rdf.namespaces import RDF
from ...rdf.prefixes import Prefixes
from ...rdf.sparql import tokens
from .result import Messages, Term, ValidationResult
from .shapes import ShapesGraph

_SUFFIX = "ConstraintComponent"
_SHOWN = 20  # members of a list
_LOOKED_AT = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_INNER = ("property", "node", "not", "and", "or", "xone", "qualifiedValueShape", "sparql")


class Rules:
    """The rules that the shapes of a graph stand for."""

    def __init__(self, shapes: Iterable[Quad], prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self.graph = ShapesGraph(shapes)

    def name(self, node: Term) -> str:
        """Name a rule: by its shape, or by the shape around it and its path."""
        return self._named(node, self.prefixes)

    def identity(self, node: Term) -> str:
        """Name a rule in full, whatever prefixes are in use."""
        return self._named(node, Prefixes({}))

    @cached_property
    def _owners(self) -> dict[Term, Term]:
        """The node that first refers to each blank node."""
        owners: dict[Term, Term] = {}
        for quad in self.graph.quads:
            if isinstance(quad.object, BlankNode) and not isinstance(quad.subject, Triple):
                owners.setdefault(quad.object, quad.subject)
        return owners

    def _named(self, node: Term, prefixes: Prefixes) -> str:
        owner, passed = node, {node}
        while isinstance(owner, BlankNode) and self._owners.get(owner, owner) not in passed:
            owner = self._owners[owner]
            passed.add(owner)
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
        declared = _is_by_query(result) or self.graph.values(result.shape, "message")
        if (declared and result.messages) or not self.graph.properties(result.shape):
            return result.messages
        return self._default_messages(result)

    def _default_messages(self, result: ValidationResult) -> Messages:
        if result.component == "SPARQL" + _SUFFIX:
            return (
                ("en", "The query of the shape finds this node."),
                ("fr", "La requête de la forme trouve ce nœud."),
            )
        if _is_by_query(result):
            name = self.prefixes.compact(result.component)
            return (
                ("en", f"The component {name} does not allow this."),
                ("fr", f"Le composant {name} ne le permet pas."),
            )
        name = result.component.removesuffix(_SUFFIX)
        parameter = name[:1].lower() + name[1:]
        values = " ".join(map(self._value, self.graph.values(result.shape, parameter)))
        demand = f"sh:{parameter} {values}".rstrip()
        return ("en", f"The shape asks for {demand}."), ("fr", f"La forme exige {demand}.")

    def predicates(self, node: Term) -> list[NamedNode]:
        """Give the predicates that a shape looks at, in the order in which it names them."""
        found: dict[NamedNode, None] = {}
        seen, waiting = {node}, [node]
        while waiting:
            shape = waiting.pop()
            found |= dict.fromkeys(self._own_predicates(shape))
            inner = [term for term in self._inner(shape) if term not in seen]
            seen.update(inner)
            waiting += reversed(inner)
        return list(found)

    def _own_predicates(self, node: Term) -> Iterator[NamedNode]:
        said = self.graph.properties(node)
        for path in said.get("path", []):
            yield from (NamedNode(iri) for iri in re.findall(r"<([^>]*)>", self.graph.path(path)))
        for name in _LOOKED_AT:
            yield from (term for term in said.get(name, []) if isinstance(term, NamedNode))
        for select in said.get("select", []):
            if isinstance(select, Literal):
                yield from _names(select.value, self.graph.prefixes(node))

    def _inner(self, node: Term) -> Iterator[Term]:
        said = self.graph.properties(node)
        for name in (*_INNER, RDF + "first", RDF + "rest"):
            yield from said.get(name, [])

    def _value(self, value: Term) -> str:
        if isinstance(value, BlankNode):
            if self.graph.values(value, RDF + "first"):
                return self._list(self.graph.items(value))
            return "[ ]"
        return self.prefixes.compact_term(value)

    def _list(self, items: list[Term]) -> str:
        more = f"and {len(items) - _SHOWN:,} more" if len(items) > _SHOWN else ""
        return " ".join(["(", *map(self._value, items[:_SHOWN]), *filter(None, [more]), ")"])


def _is_by_query(result: ValidationResult) -> bool:
    """Return whether a query found the result, that of a shape or of a component of one's own."""
    return result.component == "SPARQL" + _SUFFIX or ":" in result.component


def _names(query: str, prefixes: dict[str, str]) -> Iterator[NamedNode]:
    """Yield the IRIs in a query that are written in full or begin with one of its prefixes."""
    for token in tokens(query):
        prefix, _, local = token.text.partition(":")
        is_short = token.kind == "name" and prefix in prefixes
        if token.kind == "iri" or is_short:
            with suppress(ValueError):  # the text of a prefix can be anything
                yield NamedNode(prefixes[prefix] + local if is_short else token.text[1:-1])
