"""The shapes: where each applies, along which path, and what it demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode

from ...errors import NothingValidatedError, ShapesError
from ...rdf.namespaces import RDF, RDFS, SH
from .graph import ShaclGraph, is_true, local_name, texts
from .result import Messages, Term

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_WITHOUT_EFFECT = ("defaultValue", "description", "group", "name", "order")
_WORDS = ("message", "severity")
_STRUCTURE = (
    *("deactivated", "path", *_WORDS),
    *("alternativePath", "inversePath", "oneOrMorePath", "zeroOrMorePath", "zeroOrOnePath"),
    *("declare", "namespace", "prefix", "prefixes", "select"),
)


class UnsupportedError(Exception):
    """The shapes use something that only the reference engine understands."""


@dataclass(frozen=True)
class Shape:
    """A shape, its path as SPARQL, and the values of its SHACL properties by local name."""

    node: Term
    path: str | None
    severity: str
    messages: Messages
    parameters: dict[str, list[Term]]

    def all(self, name: str) -> list[Term]:
        """Give the values of a SHACL property."""
        return self.parameters.get(name, [])

    @property
    def is_deactivated(self) -> bool:
        """Whether the shape is switched off."""
        return is_true(self.all("deactivated"))


class ShapesGraph(ShaclGraph):
    """A graph of shapes."""

    def targeted(self) -> list[Shape]:
        """Give the active shapes that have a target.

        Raises:
            NothingValidatedError: if no active shape has a target.
        """
        targeted = [self.shape(node) for node in self.subjects() if self.has_target(node)]
        active = [shape for shape in targeted if not shape.is_deactivated]
        if not active:
            raise NothingValidatedError("no shape has a target, so nothing would be validated.")
        return active

    def reporting(self) -> list[Shape]:
        """Return the active shapes that results name: those with a target and their properties.

        A property shape without an IRI belongs to the shape around it. A shape that only lists
        property shapes with IRIs reports nothing of its own.

        Raises:
            NothingValidatedError: if no active shape has a target.
        """
        found: dict[Term, Shape] = {}
        waiting = self.targeted()
        while waiting:
            shape = waiting.pop(0)
            if shape.node in found or shape.is_deactivated:
                continue
            found[shape.node] = shape
            inner = [node for node in shape.all("property") if isinstance(node, NamedNode)]
            waiting[:0] = [self.shape(node) for node in inner]
        return [shape for shape in found.values() if not self._only_lists(shape)]

    def _only_lists(self, shape: Shape) -> bool:
        said = self._demanded(shape.node)
        return said == {"property"} and all(
            isinstance(node, NamedNode) for node in shape.all("property")
        )

    def has_target(self, node: Term) -> bool:
        """Tell whether a node is a shape that says which nodes it applies to."""
        properties = self.properties(node)
        return any(name in properties for name in _TARGETS) or _is_class_and_shape(properties)

    def demands(self, node: Term) -> bool:
        """Tell whether a shape asks anything of the nodes it applies to."""
        return bool(self._demanded(node))

    def _demanded(self, node: Term) -> set[str]:
        said = {name for name in self.properties(node) if name != RDF + "type"}
        return said.difference(_TARGETS, _WITHOUT_EFFECT, ("deactivated", *_WORDS, "path"))

    def shape(self, node: Term) -> Shape:
        """Read one shape; a shape that is a class targets its instances."""
        parameters = dict(self.properties(node))
        if _is_class_and_shape(parameters):
            parameters["targetClass"] = [*parameters.get("targetClass", []), node]
        path = parameters.get("path")
        severity = parameters.get("severity")
        return Shape(
            node=node,
            path=self.path(path[0]) if path else None,
            severity=local_name(severity[0]) if severity else "Violation",
            messages=texts(parameters.get("message", [])),
            parameters=parameters,
        )

    def parameters_beyond(self, known: Iterable[str]) -> list[str]:
        """Name the SHACL properties in use that an engine does not know."""
        used = {name for node in self.subjects() for name in self.properties(node)}
        shacl = {name for name in used if ":" not in name}
        return sorted(shacl.difference(_TARGETS, _WITHOUT_EFFECT, _STRUCTURE, known))

    def prefixes(self, constraint: Term) -> dict[str, str]:
        """Collect the prefixes that a SPARQL constraint declares."""
        return {
            self._text(declaration, "prefix"): self._text(declaration, "namespace")
            for ontology in self.values(constraint, "prefixes")
            for declaration in self.values(ontology, "declare")
        }

    def _text(self, declaration: Term, name: str) -> str:
        for value in self.values(declaration, name):
            if not isinstance(value, BlankNode):
                return value.value
        raise ShapesError(f"a prefix declaration lacks sh:{name}.")


def _is_class_and_shape(properties: dict[str, list[Term]]) -> bool:
    types = {term.value for term in properties.get(RDF + "type", []) if isinstance(term, NamedNode)}
    shape_types = {SH + "NodeShape", SH + "PropertyShape"}
    class_types = {RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"}
    return bool(types & shape_types and types & class_types)
