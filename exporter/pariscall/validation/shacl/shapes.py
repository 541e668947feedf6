"""The shapes: where each applies, along which path, and what it demands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode

from ...errors import NothingValidatedError, ShapesError
from ...rdf.namespaces import RDF, RDFS, SH
from .graph import ShaclGraph, is_true, local_name, texts
from .result import Messages, Term
from .vocabulary import is_beyond, terms

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_WITHOUT_EFFECT = ("defaultValue", "description", "group", "name", "order")
_WORDS = ("message", "severity")
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_SHAPES = ("node", "property", "not", "qualifiedValueShape", "memberShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
_SHAPE_TYPES = {SH + "NodeShape", SH + "PropertyShape"}
_CLASS_TYPES = {RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"}
_DEEPEST = 100  # shapes within shapes


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
            NothingValidatedError: if no shape has a target.
        """
        if not self._targeted:
            raise NothingValidatedError("no shape has a target, so nothing would be validated.")
        return [shape for shape in self._targeted if not shape.is_deactivated]

    @cached_property
    def _targeted(self) -> list[Shape]:
        return [self.shape(node) for node in self.described() if self.has_target(node)]

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
        return not properties.keys().isdisjoint(_TARGETS) or _is_class_and_shape(properties)

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

    def references(self, node: Term) -> list[Term]:
        """Return the shapes that a shape refers to."""
        named = [target for name in _SHAPES for target in self.values(node, name)]
        listed = [
            target
            for name in _LISTS_OF_SHAPES
            for head in self.values(node, name)
            for target in self.items(head)
        ]
        return [*named, *listed, *self.siblings(node)]

    def siblings(self, node: Term) -> list[Term]:
        """Return the sibling shapes that values must not conform to as well.

        https://www.w3.org/TR/shacl/#QualifiedValueShapeConstraintComponent
        """
        if not is_true(self.values(node, "qualifiedValueShapesDisjoint")):
            return []
        own = self.values(node, "qualifiedValueShape")
        others = dict.fromkeys(
            qualified
            for parent in self.having("property", node)
            for property_shape in self.values(parent, "property")
            for qualified in self.values(property_shape, "qualifiedValueShape")
        )
        return [qualified for qualified in others if qualified not in own]

    def reached(self) -> list[Term]:
        """Return the shapes with a target, and all that these refer to."""
        return self._reached

    @cached_property
    def _reached(self) -> list[Term]:
        found = dict.fromkeys(shape.node for shape in self.targeted())
        waiting = list(found)
        while waiting:
            new = [node for node in self.references(waiting.pop()) if node not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    @cached_property
    def recursive(self) -> frozenset[Term]:
        """The shapes that refer to themselves, or to shapes that do, by whatever way."""
        return frozenset(self.reached()) - self._depths.keys()

    def check_nesting(self) -> None:
        """Check that shapes are not nested deeper than engines can follow.

        Raises:
            ShapesError: if they are.
        """
        if max(self._depths.values(), default=0) > _DEEPEST:
            raise ShapesError(f"shapes are nested more than {_DEEPEST} deep. Name fewer in others.")

    @cached_property
    def _depths(self) -> dict[Term, int]:
        """How deep each shape is nested; those that lead into a circle are left out."""
        references = {node: dict.fromkeys(self.references(node)) for node in self.reached()}
        users: dict[Term, list[Term]] = {}
        for node, targets in references.items():
            for target in targets:
                users.setdefault(target, []).append(node)
        depths: dict[Term, int] = {}
        missing = {node: len(targets) for node, targets in references.items()}
        ready = [node for node, number in missing.items() if number == 0]
        while ready:
            node = ready.pop()
            depths[node] = 1 + max((depths[target] for target in references[node]), default=0)
            for user in users.get(node, ()):
                missing[user] -= 1
                if missing[user] == 0:
                    ready.append(user)
        return depths

    def describe(self, node: Term, shape: Shape) -> str:
        """Name a constraint for a message: itself, or the shape around it."""
        named = [term for term in (node, shape.node) if isinstance(term, NamedNode)]
        return f"the query of {named[0]}" if named else "a query in the shapes"

    def terms_beyond(self) -> list[str]:
        """Name what the shapes use of the namespace of SHACL and no engine here understands."""
        used = {name for node in self.reached() for name in self.properties(node)}
        unknown = {name for name in used if ":" not in name} - terms()
        return sorted(unknown | {name for name in used if is_beyond(name)})

    def prefixes(self, constraint: Term) -> dict[str, str]:
        """Collect the prefixes that a SPARQL constraint declares, by way of imports as well.

        https://www.w3.org/TR/shacl/#sparql-prefixes

        Raises:
            ShapesError: if a declaration lacks something, or two give a prefix to namespaces.
        """
        ontologies = list(self.values(constraint, "prefixes"))
        for ontology in ontologies:
            more = self.values(ontology, _IMPORTS)
            ontologies += [term for term in more if term not in ontologies]
        found: dict[str, str] = {}
        for ontology in ontologies:
            for declaration in self.values(ontology, "declare"):
                prefix = self._text(declaration, "prefix")
                namespace = self._text(declaration, "namespace")
                if found.setdefault(prefix, namespace) != namespace:
                    raise ShapesError(f"sh:declare gives the prefix {prefix} to two namespaces.")
        return found

    def _text(self, declaration: Term, name: str) -> str:
        for value in self.values(declaration, name):
            if not isinstance(value, BlankNode):
                return value.value
        raise ShapesError(f"a prefix declaration lacks sh:{name}.")


def _is_class_and_shape(properties: dict[str, list[Term]]) -> bool:
    types = {term.value for term in properties.get(RDF + "type", ()) if isinstance(term, NamedNode)}
    return not (types.isdisjoint(_SHAPE_TYPES) or types.isdisjoint(_CLASS_TYPES))
