"""RDF terms as native Python values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..rdf.namespaces import XSD
from ..rdf.prefixes import KNOWN_PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | Decimal | bool | date | datetime | None


class Iri(str):
    """An IRI: its full text as a ``str``, so that text and IRIs can be told apart."""

    __slots__ = ()

    @property
    def compact(self) -> str:
        """The IRI with a prefix of the project (``actor:abb``), or in angle brackets."""
        return KNOWN_PREFIXES.compact(self)

    @property
    def name(self) -> str:
        """The last part of the IRI (``abb``): the code of a category, the name of a party."""
        return re.split(r"[/#]", self)[-1]


def to_python(term: Term | None) -> Value:
    """Return the Python value of a term; an unbound variable is None.

    An IRI is an ``Iri``, a blank node and a triple are text as in N-Triples. A literal is a bool,
    int, Decimal, float, date or datetime by its datatype (XML Schema 1.1, part 2), otherwise its
    text without the language tag. So is one that Python cannot hold, such as a date with a time
    zone, a year before 1, or a text that its datatype does not allow.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if not isinstance(term, Literal):
        return str(term)
    pattern, read = _READERS.get(term.datatype.value, _TEXT)
    if not re.fullmatch(pattern, term.value, re.ASCII | re.DOTALL):
        return term.value
    try:
        return read(term.value)
    except ValueError:  # 30 February, hour 24, or more digits than Python converts
        return term.value


_INTEGERS = (
    "integer int long short byte unsignedInt unsignedLong unsignedShort unsignedByte "
    "positiveInteger negativeInteger nonNegativeInteger nonPositiveInteger"
)
_FLOAT = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"
_DATE = r"\d{4}-\d\d-\d\d"

# The texts that each datatype allows, as far as Python can hold them, and how they are read.
_READERS: dict[str, tuple[str, Callable[[str], Value]]] = {
    XSD + name: reader
    for names, reader in (
        (_INTEGERS, (r"[+-]?\d+", int)),
        ("decimal", (r"[+-]?(\d+(\.\d*)?|\.\d+)", Decimal)),
        ("double float", (_FLOAT, float)),
        ("boolean", (r"true|false|1|0", ("true", "1").__contains__)),
        ("date", (_DATE, date.fromisoformat)),
        (
            "dateTime dateTimeStamp",
            (_DATE + r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", datetime.fromisoformat),
        ),
    )
    for name in names.split()
}
_TEXT: tuple[str, Callable[[str], Value]] = (r".*", str)
