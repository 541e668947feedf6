"""Lists and single lines, which SHACL 1.2 Core adds (https://www.w3.org/TR/shacl12-core/).

Node expressions and the other additions are not run, and refused where shapes use them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode

from ....rdf.namespaces import RDF
from ..check import Check, Context, Maker, each, number_of
from ..data import DataGraph
from ..graph import is_true
from ..result import Node, Term
from ..shapes import Shape

_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


def members(data: DataGraph, head: Node) -> list[Node] | None:
    """Return the members of a SHACL list, None if it is not one.

    https://www.w3.org/TR/shacl/#dfn-shacl-lists
    """
    found: list[Node] = []
    seen: set[Node] = set()
    while head != _NIL:
        first, rest = data.objects(head, _FIRST), data.objects(head, _REST)
        if len(first) != 1 or len(rest) != 1 or head in seen:
            return None
        seen.add(head)
        found.append(first[0])
        head = rest[0]
    return found


def _single_line(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    def is_single(node: Node) -> bool:
        return not isinstance(node, Literal) or not {"\n", "\r"} & set(node.value)

    if is_true([parameter]):
        yield each("SingleLineConstraintComponent", is_single)


def _list(name: str, is_valid: Callable[[Context, list[Node], Term], bool]) -> Maker:
    def make(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
        def is_list(node: Node) -> bool:
            found = members(to.data, node)
            return found is not None and is_valid(to, found, parameter)

        yield each(f"{name}ConstraintComponent", is_list)

    return make


def _are_unique(_: Context, found: list[Node], parameter: Term) -> bool:
    return not is_true([parameter]) or len(set(found)) == len(found)


MAKERS: dict[str, Maker] = {
    "singleLine": _single_line,
    "memberShape": _list(
        "MemberShape", lambda to, found, shape: all(to.conforms(shape, node) for node in found)
    ),
    "uniqueMembers": _list("UniqueMembers", _are_unique),
    "minListLength": _list("MinListLength", lambda _, found, n: len(found) >= number_of(n)),
    "maxListLength": _list("MaxListLength", lambda _, found, n: len(found) <= number_of(n)),
}
