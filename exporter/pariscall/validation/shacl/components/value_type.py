"""Classes, datatypes and kinds of nodes (https://www.w3.org/TR/shacl/#core-components-value-type)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from ....errors import ShapesError
from ....rdf.namespaces import SH, TYPE
from ..check import Check, Context, Maker, each, iri_of
from ..result import Node, Term
from ..shapes import Shape

_NODE_KINDS = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


def _class(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    data, classes = to.data, to.data.subclasses(parameter)

    def is_instance(node: Node) -> bool:
        return any(name in classes for name in data.objects(node, TYPE))

    yield each("ClassConstraintComponent", is_instance)


def _datatype(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    data = to.data

    def has_datatype(node: Node) -> bool:
        if not isinstance(node, Literal) or node.datatype != parameter:
            return False
        return not data.is_ill_typed(node)

    yield each("DatatypeConstraintComponent", has_datatype)


def _node_kind(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    kinds = _NODE_KINDS.get(iri_of(parameter).removeprefix(SH))
    if kinds is None:
        raise ShapesError(f"{parameter} is not a node kind of SHACL.")
    yield each("NodeKindConstraintComponent", lambda node: isinstance(node, kinds))


MAKERS: dict[str, Maker] = {"class": _class, "datatype": _datatype, "nodeKind": _node_kind}
