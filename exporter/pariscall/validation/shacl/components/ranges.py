"""Bounds of values (https://www.w3.org/TR/shacl/#core-components-range)."""

from __future__ import annotations

from collections.abc import Iterator

from ..check import Check, Context, Maker, each
from ..ordering import is_before
from ..result import Term
from ..shapes import Shape


def _least(name: str, *, or_equal: bool) -> Maker:
    def make(_to: Context, _: Shape, bound: Term) -> Iterator[Check]:
        yield each(
            f"{name}ConstraintComponent", lambda node: is_before(bound, node, or_equal=or_equal)
        )

    return make


def _most(name: str, *, or_equal: bool) -> Maker:
    def make(_to: Context, _: Shape, bound: Term) -> Iterator[Check]:
        yield each(
            f"{name}ConstraintComponent", lambda node: is_before(node, bound, or_equal=or_equal)
        )

    return make


MAKERS: dict[str, Maker] = {
    "minExclusive": _least("MinExclusive", or_equal=False),
    "minInclusive": _least("MinInclusive", or_equal=True),
    "maxExclusive": _most("MaxExclusive", or_equal=False),
    "maxInclusive": _most("MaxInclusive", or_equal=True),
}
