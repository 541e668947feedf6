"""The data dictionary: what every column of every table holds, from the CSVW metadata."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache

from pyoxigraph import NamedNode

from ..rdf.namespaces import VOCABULARY
from ..rdf.prefixes import KNOWN_PREFIXES
from ..rdf.vocabulary import vocabulary
from .csvw import Column, Schema, Table

HEADER = ("table", "column", "key", "required", "holds", "refers to", "property")
_CHOICE = re.compile(r"[\w-]+(\|[\w-]+)+")
_CODE = re.compile(rf"{VOCABULARY}code/([\w-]+)#")
_HEAD = """\
# The tables

What each column holds. The page is written from `data/csv-metadata.json` by `make tables-page`;
`pariscall export --format dictionary` writes the same as a sheet. The cells of a key identify their row.
"""


def entries(schema: Schema) -> Iterator[tuple[str, ...]]:
    """Yield a row of the dictionary for each column that is in a file."""
    for table in schema.tables:
        for column in table.cells:
            yield (
                table.name,
                column.name,
                "yes" if column.name in table.primary_key else "",
                "yes" if column.required else "",
                _holds(column),
                _reference(table, column.name),
                _property(column),
            )


def to_csv(schema: Schema) -> bytes:
    """Return the dictionary as CSV (RFC 4180) with line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(entries(schema))
    return text.getvalue().encode()


def to_markdown(schema: Schema) -> str:
    """Return the dictionary as a page with a section for each table."""
    found = list(entries(schema))
    return _HEAD + "".join(_section(table, found) for table in schema.tables)


def _section(table: Table, found: list[tuple[str, ...]]) -> str:
    rows = "".join(
        f"| {' | '.join(_cell(number, text) for number, text in enumerate(row[1:]))} |\n"
        for row in found
        if row[0] == table.name
    )
    head = f"| {' | '.join(HEADER[1:])} |\n|{'---|' * len(HEADER[1:])}\n"
    return f"\n## {table.name}\n\n{table.description}\n\n{head}{rows}"


def _cell(number: int, text: str) -> str:
    escaped = text.replace("|", "\\|")
    return f"`{escaped}`" if number == 0 else escaped


def _holds(column: Column) -> str:
    """Describe the values of a column: its codes, its kind, or the form of its texts."""
    if column.pattern and _CHOICE.fullmatch(column.pattern):
        return ", ".join(column.pattern.split("|"))
    if column.value_url and (code_list := _CODE.match(KNOWN_PREFIXES.expand(column.value_url))):
        return f"{code_list[1]}: {', '.join(_codes(code_list[0]))}"
    kind = {"string": "text", "anyURI": "address"}.get(column.datatype, column.datatype)
    language = f" in {column.lang}" if column.lang else ""
    least = f", {column.minimum} or more" if column.minimum is not None else ""
    return f"{kind}{language}{least}"


@cache
def _codes(namespace: str) -> list[str]:
    """Return the codes of a list in the order of the ontology."""
    subjects = (quad.subject.value for quad in vocabulary() if isinstance(quad.subject, NamedNode))
    codes = (iri.removeprefix(namespace) for iri in subjects if iri.startswith(namespace))
    return list(dict.fromkeys(codes))


def _reference(table: Table, column: str) -> str:
    return ", ".join(
        f"{key.table} ({', '.join(key.referenced)})"
        for key in table.foreign_keys
        if column in key.columns
    )


def _property(column: Column) -> str:
    if column.property_url is None:
        return ""
    return KNOWN_PREFIXES.compact(KNOWN_PREFIXES.expand(column.property_url))
