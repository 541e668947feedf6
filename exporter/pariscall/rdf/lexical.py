"""Ill-typed literals: texts that their XSD datatype does not allow.

Literals are read as they are written, by the lexical spaces of
https://www.w3.org/TR/xmlschema11-2/. Datatypes beyond XSD are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from . import temporal
from .namespaces import RDF, XSD

_ANY_TEXT = {
    *(NamedNode(XSD + name) for name in ("string", "anyURI")),
    NamedNode(RDF + "langString"),
}
_INTEGER = re.compile(r"([+-]?)0*([0-9]+)", re.ASCII)
_MOST_DIGITS = 20  # of the bounds below
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_FLOAT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_PATTERNS = {
    "boolean": "true|false|1|0",
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^\s]+( [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "NMTOKEN": r"[\w.\-:]+",
    "Name": r"[^\W\d][\w.\-:]*|:[\w.\-:]*",
    "NCName": r"[^\W\d][\w.\-]*",
    "hexBinary": r"([0-9a-fA-F]{2})*",
    "base64Binary": r"((([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
    r"|([A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=))?",
}


_FORMS = {name: re.compile(pattern, re.DOTALL) for name, pattern in _PATTERNS.items()}


def ill_typed(literals: Iterable[Literal]) -> set[Literal]:
    """Return those literals that are ill-typed (XML Schema part 2, lexical spaces)."""
    typed: dict[NamedNode, list[Literal]] = {}
    for literal in literals:
        if literal.datatype not in _ANY_TEXT:
            typed.setdefault(literal.datatype, []).append(literal)
    return {
        literal for datatype, given in typed.items() for literal in _of_datatype(datatype, given)
    }


def _of_datatype(datatype: NamedNode, literals: Collection[Literal]) -> Iterator[Literal]:
    """Yield those of some literals of one datatype that are ill-typed."""
    if not datatype.value.startswith(XSD):
        return
    name = datatype.value.removeprefix(XSD)
    for literal in literals:
        if not _is_lexical(name, literal.value):
            yield literal


def _is_lexical(name: str, text: str) -> bool:
    if name in temporal.DATATYPES:
        return temporal.is_lexical(name, text)
    if name in _FORMS and not _FORMS[name].fullmatch(text):
        return False
    return name not in _BOUNDS or _is_within(text, *_BOUNDS[name])


def _is_within(text: str, least: int | None, most: int | None) -> bool:
    spelt = _INTEGER.fullmatch(text)
    if spelt is None:
        return False
    sign, digits = spelt.groups()
    number = int(sign + digits) if len(digits) <= _MOST_DIGITS else float(f"{sign}inf")
    return (least is None or number >= least) and (most is None or number <= most)
