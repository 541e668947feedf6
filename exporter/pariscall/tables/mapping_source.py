"""The mapping of a table as Python source: three functions of a row.

What the metadata say is in the source as quoted constants only. The expressions between them name
cells by their position, and four functions: ``escape``, ``simple``, ``reserved`` and ``checked``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ..errors import TableError
from ..rdf.namespaces import TYPE, XSD, is_iri
from ..rdf.prefixes import KNOWN_PREFIXES
from .csvw import Column, Table

_TYPE = repr(str(TYPE))
_VARIABLE = re.compile(r"\{(\+?)(\w+)\}")
# After these, a percent-encoded value cannot break an IRI: its scheme and its authority are complete.
_COMPLETE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//[^/?#]*[/?#]|[^/])")


@dataclass(frozen=True)
class _Property:
    """What a column says of a row: the column it comes from, and expressions for its triple.

    ``condition`` is the cell that must not be empty, if any; ``about`` is None if the triple is
    about the subject of the row.
    """

    column: str
    about: str | None
    predicate: str
    value: str
    condition: str | None


def write_source(table: Table) -> str:
    """Return the functions ``subject``, ``describe`` and ``origins`` of a table as Python source.

    Raises:
        TableError: if the description of the table names no column, or makes no IRI.
    """
    about = _iri(table, table.about_url)
    properties = [
        _property(table, column) for column in table.columns if column.property_url is not None
    ]
    cells = ", ".join([f"c{position}" for position in range(len(table.cells))])
    names = _names(about, properties)
    shared = [f"    {name} = {iri}" for iri, name in names.items()]
    lines = [
        "def subject(cells):",
        f"    [{cells}] = cells",
        f"    return {about}",
        "",
        "def describe(document, row):",
        f"    [{cells}] = row.cells",
        *shared,
        f"    description = document.describe({names[about]}, row)",
        "    types = description.types",
        "    add = description.properties.append",
        *(f"    {line}" for line in _statements(properties, names)),
        "",
        "def origins(cells):",
        f"    [{cells}] = cells",
        *shared,
        "    return [",
        *(f"        {_origin(each, about, names)}," for each in properties),
        "    ]",
        "",
    ]
    return "\n".join(lines)


def _names(about: str, properties: Iterable[_Property]) -> dict[str, str]:
    """Return the IRIs that every row makes, by their expressions, and names for them."""
    always = [each for each in properties if each.condition is None]
    made = [about, *(iri for each in always for iri in (each.about, each.value) if iri)]
    return {iri: f"iri{number}" for number, iri in enumerate(dict.fromkeys(made))}


def _property(table: Table, column: Column) -> _Property:
    return _Property(
        column=table.cells[0].name if column.virtual else column.name,
        about=None if column.about_url is None else _iri(table, column.about_url),
        predicate=_constant(table, KNOWN_PREFIXES.expand(column.property_url or "")),
        value=_value(table, column),
        condition=None if column.virtual else _cell(table, column.name),
    )


def _statements(properties: list[_Property], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each triple of a row, those about its own subject first."""
    for each in sorted(properties, key=lambda each: each.about is not None):
        condition = f"if {each.condition}: " if each.condition else ""
        value = names.get(each.value, each.value)
        if each.about is not None:
            about = names.get(each.about, each.about)
            yield f"{condition}document.describe({about}, row).add({each.predicate}, {value})"
        elif each.predicate != _TYPE:
            yield f"{condition}add(({each.predicate}, {value}))"
        elif each.condition:
            yield f"{condition}description.add({each.predicate}, {value})"
        else:
            yield f"if {value} not in types: types.append({value})"


def _origin(each: _Property, about: str, names: Mapping[str, str]) -> str:
    subject = each.about or about
    value = names.get(each.value, each.value)
    if each.condition:
        value = f"{value} if {each.condition} else None"
    return f"({each.column!r}, {names.get(subject, subject)}, {each.predicate}, {value})"


def _value(table: Table, column: Column) -> str:
    """Return the expression of the object that a column gives."""
    if column.value_url is not None:
        return _iri(table, KNOWN_PREFIXES.expand(column.value_url))
    cell = _cell(table, column.name)
    return _f_string(['"', f"{{escape({cell})}}", f'"{_tag(table, column)}'])


def _tag(table: Table, column: Column) -> str:
    """Return what follows the text of the literals of a column, as N-Triples spells it."""
    try:
        if column.lang:
            return str(Literal("", language=column.lang)).removeprefix('""')
        datatype = NamedNode(XSD + column.datatype)
        return str(Literal("", datatype=datatype)).removeprefix('""')
    except ValueError as error:
        raise _error(table, f"the column {column.name!r}: {error}") from None


def _iri(table: Table, template: str) -> str:
    """Return the expression of the IRI that a template makes of the cells of a row."""
    start, *pieces = _VARIABLE.split(template)
    if not pieces:
        return _constant(table, template)
    parts = [f"<{_doubled(start)}"]
    for plus, name, text in zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=True):
        encode = "reserved" if plus else "simple"
        parts += [f"{{{encode}({_cell(table, name)})}}", _doubled(text)]
    source = _f_string([*parts, ">"])
    if "+" in pieces[0::3] or not _COMPLETE.match(start):
        return f"checked({source})"
    _constant(table, _VARIABLE.sub("x", template))
    return source


def _constant(table: Table, iri: str) -> str:
    if not is_iri(iri):
        raise _error(table, f"{iri!r} is no IRI")
    return repr(f"<{iri}>")


def _cell(table: Table, name: str) -> str:
    if name not in table.index:
        raise _error(table, f"there is no column {name!r}")
    return f"c{table.index[name]}"


def _f_string(parts: list[str]) -> str:
    """Return the source of a formatted text; ``repr`` quotes it, and no expression has a quote."""
    return f"f{''.join(parts)!r}"


def _doubled(text: str) -> str:
    """Return a text in which no brace begins or ends an expression."""
    return text.replace("{", "{{").replace("}", "}}")


def _error(table: Table, problem: str) -> TableError:
    return TableError([f"{table.name}: {problem}. Correct the description of the table."])
