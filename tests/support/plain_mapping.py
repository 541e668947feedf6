"""The triples of a row, read from the metadata of its table each time, by the letter of csv2rdf.

It has nothing of the product but the row: https://www.w3.org/TR/csv2rdf/#minimal-mode and, for the
templates, RFC 6570.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from pariscall.rdf.namespaces import PREFIXES

XSD = "http://www.w3.org/2001/XMLSchema#"


def plain_triples(schema: Mapping[str, Any], row: Mapping[str, str]) -> Iterator[Triple]:
    """Give a triple for each column of a ``tableSchema`` that says something of a row."""
    for column in schema["columns"]:
        if not column.get("suppressOutput") and (column.get("virtual") or row[column["name"]]):
            subject = expanded(column.get("aboutUrl", schema["aboutUrl"]), row)
            predicate = NamedNode(full(column["propertyUrl"]))
            yield Triple(NamedNode(subject), predicate, plain_object(column, row))


def plain_object(column: Mapping[str, Any], row: Mapping[str, str]) -> NamedNode | Literal:
    if "valueUrl" in column:
        return NamedNode(expanded(full(column["valueUrl"]), row))
    text = row[column["name"]]
    if "lang" in column:
        return Literal(text, language=column["lang"])
    datatype = column.get("datatype", "string")
    name = datatype if isinstance(datatype, str) else datatype["base"]
    return Literal(text, datatype=NamedNode(XSD + name))


def expanded(template: str, row: Mapping[str, str]) -> str:
    """Expand ``{name}`` and ``{+name}`` (RFC 6570, 3.2.2 and 3.2.3)."""

    def value(found: re.Match[str]) -> str:
        reserved = ":/?#[]@!$&'()*+,;=%" if found[1] else ""
        return quote(row[found[2]], safe=f"-._~{reserved}")

    return re.sub(r"\{(\+?)(\w+)\}", value, template)


def full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    is_prefixed = colon and prefix in PREFIXES and not local.startswith("//")
    return PREFIXES[prefix] + local if is_prefixed else name
