"""How many values there are (https://www.w3.org/TR/shacl/#core-components-count)."""

from __future__ import annotations

from collections.abc import Iterator

from ..check import Check, Context, Maker, Violation, number_of
from ..result import Term
from ..shapes import Shape

_ONE = (Violation(),)


def _min_count(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    least = number_of(parameter)
    yield Check(
        "MinCountConstraintComponent", lambda _, values: _ONE if len(values) < least else ()
    )


def _max_count(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    most = number_of(parameter)
    yield Check(
        "MaxCountConstraintComponent",
        lambda _, values: _ONE if len(values) > most else (),
        needs_values=most >= 0,
    )


MAKERS: dict[str, Maker] = {"minCount": _min_count, "maxCount": _max_count}
