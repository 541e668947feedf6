"""Shapes within shapes: logical and shape-based components.

https://www.w3.org/TR/shacl/#core-components-logical and #core-components-shape; what sh:property
asks for is found by the evaluator itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import ge, le

from ..check import Check, Context, Maker, Values, each, number_of, whole
from ..result import Term
from ..shapes import Shape


def _node(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    yield each("NodeConstraintComponent", lambda node: to.conforms(parameter, node))


def _not(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    yield each("NotConstraintComponent", lambda node: not to.conforms(parameter, node))


def _list(name: str, is_valid: Callable[[Iterator[bool]], bool]) -> Maker:
    def make(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
        shapes = to.graph.items(parameter)
        yield each(
            f"{name}ConstraintComponent",
            lambda node: is_valid(to.conforms(shape, node) for shape in shapes),
        )

    return make


def _qualified(to: Context, shape: Shape, parameter: Term) -> Iterator[Check]:
    siblings = to.graph.siblings(shape.node)

    def count(values: Values) -> int:
        return sum(
            to.conforms(parameter, node) and not any(to.conforms(other, node) for other in siblings)
            for node in values
        )

    for least in shape.all("qualifiedMinCount"):
        yield _counted("QualifiedMinCount", count, partial(le, number_of(least)))
    for most in shape.all("qualifiedMaxCount"):
        yield _counted("QualifiedMaxCount", count, partial(ge, number_of(most)))


def _counted(name: str, count: Callable[[Values], int], is_valid: Callable[[int], bool]) -> Check:
    return whole(f"{name}ConstraintComponent", lambda _, values: is_valid(count(values)))


MAKERS: dict[str, Maker] = {
    "not": _not,
    "and": _list("And", all),
    "or": _list("Or", any),
    "xone": _list("Xone", lambda conforming: sum(conforming) == 1),
    "node": _node,
    "qualifiedValueShape": _qualified,
}
