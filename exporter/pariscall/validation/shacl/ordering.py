"""The order of literals, as the operator ``<`` of SPARQL has it.

https://www.w3.org/TR/sparql11-query/#OperatorMapping. Numbers, texts, truth values, dates, times
and durations are compared here, exactly whatever their size; what else there is, by Oxigraph.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache, partial

from pyoxigraph import Literal, Store

from ...rdf.lexical import ill_typed
from ...rdf.namespaces import XSD
from ...rdf.temporal import DATATYPES, Duration, Instant, read_temporal
from .result import Node

_INTEGERS = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    *("nonPositiveInteger", "negativeInteger"),
)
Value = tuple[str, object]


def is_before(one: Node, other: Node, *, or_equal: bool) -> bool:
    """Return whether a literal is less than another; False if they cannot be compared."""
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return False
    left, right = _value(one), _value(other)
    if left is None or right is None:
        return _ask_oxigraph(one, other, "<=" if or_equal else "<")
    if left[0] != right[0]:
        return False
    if isinstance(left[1], Instant) and isinstance(right[1], Instant):
        return left[1].is_before(right[1], or_equal=or_equal)
    if isinstance(left[1], Duration) and isinstance(right[1], Duration):
        return left[1].is_before(right[1], or_equal=or_equal)
    if left[0] == "number":
        left, right = _promoted(left, right)
    return bool(left[1] <= right[1] if or_equal else left[1] < right[1])  # type: ignore[operator]


@lru_cache(100_000)
def _value(literal: Literal) -> Value | None:
    """Return what a literal stands for and the kind of it; None if only Oxigraph knows."""
    name = literal.datatype.value.removeprefix(XSD)
    if name == "string":
        return name, literal.value
    if name not in _READERS or ill_typed([literal]):
        return None
    return _READERS[name](literal.value)


def _promoted(left: Value, right: Value) -> tuple[Value, Value]:
    """Promote numbers to the same type (https://www.w3.org/TR/xpath20/#promotion)."""
    one, other = left[1], right[1]
    if isinstance(one, Decimal) and isinstance(other, float):
        return ("number", float(one)), right
    if isinstance(one, float) and isinstance(other, Decimal):
        return left, ("number", float(other))
    return left, right


def _single(text: str) -> float:
    number = float(text)
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _temporal(name: str, text: str) -> Value | None:
    value = read_temporal(name, text)
    return (type(value).__name__, value) if value else None


_READERS: dict[str, Callable[[str], Value | None]] = {
    **{name: partial(_temporal, name) for name in DATATYPES},
    **{name: lambda text: ("number", Decimal(text)) for name in (*_INTEGERS, "decimal")},
    "double": lambda text: ("number", float(text)),
    "float": lambda text: ("number", _single(text)),
    "boolean": lambda text: ("boolean", text in ("true", "1")),
}


@cache
def _store() -> Store:
    return Store()


@lru_cache(100_000)
def _ask_oxigraph(one: Literal, other: Literal, operator: str) -> bool:
    return bool(_store().query(f"ASK {{ FILTER ({one} {operator} {other}) }}"))
