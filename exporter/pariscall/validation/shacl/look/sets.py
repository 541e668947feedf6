"""Constraints on all values of a focus node together."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..check import iri_of
from ..graph import is_true
from ..ordering import is_before
from ..result import Term
from .compiled import SetTest, Values
from .paths import InexpressibleError
from .terms import Description, language_of, read_term, spell

_KEPT = 4096
Maker = Callable[[Term], SetTest | None]


def _unique_lang(parameter: Term) -> SetTest | None:
    def is_unique(_: str, _said: Description, values: Values) -> bool:
        if len(values) < 2:
            return True
        languages = [tag.lower() for value in values if (tag := language_of(value))]
        return len(languages) == len(set(languages))

    return SetTest(is_unique, least=2) if is_true([parameter]) else None


def _has_value(parameter: Term) -> SetTest:
    wanted = spell(parameter)
    return SetTest(lambda _, _said, values: wanted in values)


def _equals(parameter: Term) -> SetTest:
    predicate = _predicate(parameter)
    return SetTest(lambda _, said, values: set(values) == set(said.get(predicate, ())))


def _disjoint(parameter: Term) -> SetTest:
    predicate = _predicate(parameter)

    def is_disjoint(_: str, said: Description, values: Values) -> bool:
        return set(values).isdisjoint(said.get(predicate, ()))

    return SetTest(is_disjoint, least=1, other=predicate)


def _less_than(*, or_equal: bool) -> Maker:
    @lru_cache(_KEPT)
    def is_ordered(one: str, other: str) -> bool:
        return is_before(read_term(one), read_term(other), or_equal=or_equal)

    def make(parameter: Term) -> SetTest:
        predicate = _predicate(parameter)

        def are_ordered(_: str, said: Description, values: Values) -> bool:
            for other in said.get(predicate, ()):
                for value in values:
                    if not is_ordered(value, other):
                        return False
            return True

        return SetTest(are_ordered, least=1, other=predicate)

    return make


def _predicate(parameter: Term) -> str:
    if not iri_of(parameter):
        raise InexpressibleError(f"a comparison with {parameter}")
    return spell(parameter)


MAKERS: dict[str, Maker] = {
    "uniqueLang": _unique_lang,
    "hasValue": _has_value,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than(or_equal=False),
    "lessThanOrEquals": _less_than(or_equal=True),
}
