"""Values of two properties (https://www.w3.org/TR/shacl/#core-components-property-pairs)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ....errors import ShapesError
from ..check import Check, Context, Maker, Values, Violation
from ..ordering import is_before
from ..result import Node, Term
from ..shapes import Shape


def _equals(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    data, predicate = to.data, _predicate(parameter)

    def different(focus: Node, values: Values) -> list[Violation]:
        others = data.objects(focus, predicate)
        return [Violation(node) for node in dict.fromkeys(values).keys() ^ dict.fromkeys(others)]

    yield Check("EqualsConstraintComponent", different)


def _disjoint(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    data, predicate = to.data, _predicate(parameter)

    def shared(focus: Node, values: Values) -> list[Violation]:
        others = set(data.objects(focus, predicate))
        return [Violation(node) for node in values if node in others]

    yield Check("DisjointConstraintComponent", shared)


def _less_than(name: str, *, or_equal: bool) -> Maker:
    def make(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
        data, predicate = to.data, _predicate(parameter)

        def not_before(focus: Node, values: Values) -> list[Violation]:
            return [
                Violation(node)
                for node in values
                for other in data.objects(focus, predicate)
                if not is_before(node, other, or_equal=or_equal)
            ]

        yield Check(f"{name}ConstraintComponent", not_before)

    return make


def _predicate(parameter: Term) -> NamedNode:
    if not isinstance(parameter, NamedNode):
        raise ShapesError(f"{parameter} is not a property that values could be compared with.")
    return parameter


MAKERS: dict[str, Maker] = {
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than("LessThan", or_equal=False),
    "lessThanOrEquals": _less_than("LessThanOrEquals", or_equal=True),
}
