"""The mapping of the tables to RDF as R2RML, for programs that make or answer a graph from a database.

It maps the tables of the SQLite dump, in whatever database they are, to the triples of the other dumps
(https://www.w3.org/TR/r2rml/). What our own mapping derives (``tables.inference``) is derived in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal

from ...rdf.namespaces import COUNTRY, DATASET, PREFIXES, XSD, msc
from ...rdf.prefixes import KNOWN_PREFIXES
from ...tables.csvw import Column, Table
from ...tables.document import Document
from ...tables.mappings import EXACT
from ...tables.mappings import TABLES as MAPPINGS

_HEADER = f"@base <{DATASET.value}> .\n@prefix rr: <http://www.w3.org/ns/r2rml#> .\n"
_VARIABLE = re.compile(r"\{(\+?)(\w+)\}")
_DATE, _EARLIEST, _LATEST, _STATUS, _SIGNATORY, _CALL = (
    msc(name).value for name in ("date", "earliest", "latest", "status", "signatory", "call")
)
_ANNOTATED = {
    f"{PREFIXES['owl']}annotatedProperty": "predicate_id",
    f"{PREFIXES['owl']}annotatedTarget": "object_id",
    f"{PREFIXES['sssom']}mapping_justification": "mapping_justification",
}
_IRI = "rr:termType rr:IRI"


class R2rmlWriter:
    """Writes a triples map for each kind of subject of each table that has rows."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._tables: dict[str, Table] = {}
        self._prefixes: set[str] = set()

    def write(self, document: Document) -> None:
        """Note the tables of a document, and the prefixes of names in its mappings."""
        for row in document.rows:
            self._tables[row.table.name] = row.table
            if row.table.name in MAPPINGS:
                self._prefixes.update(row[name].partition(":")[0] for name in _ANNOTATED.values())

    def close(self) -> None:
        """Write the triples maps."""
        blocks = [_HEADER]
        for table in self._tables.values():
            maps = [*_stated(table), *_derived(table)]
            if table.name in MAPPINGS:
                maps += _related(table, sorted(self._prefixes))
            blocks += [
                triples_map.write(f"{table.stem}-{n}") for n, triples_map in enumerate(maps, 1)
            ]
        self._file.write("\n".join(blocks).encode())


class _TriplesMap:
    """A triples map: rows of a table, as a query with a column for each IRI that no template gives."""

    def __init__(self, table: Table, subject: str, where: str = "") -> None:
        self._table = table
        self._where = where
        self._made: dict[str, str] = {}
        self._subject = self.iri(subject)
        self._statements: list[tuple[str, str]] = []

    def iri(self, template: str, *, unless_empty: str = "") -> str:
        """Return the term map of an IRI.

        ``{+name}`` has no counterpart in R2RML, and a template in which a column is missing that must
        not be empty knows nothing of it, so SQL makes these IRIs.
        """
        names = {name for _, name in _VARIABLE.findall(template)}
        if not names and not unless_empty:
            return f"rr:constant <{template}>"
        is_conditional = unless_empty and unless_empty not in names
        if "{+" not in template and not is_conditional:
            return f"rr:template {Literal(template)}"
        made = " || ".join(_concatenated(template))
        if is_conditional:
            made = f'CASE WHEN "{unless_empty}" IS NOT NULL THEN {made} END'
        return self.made(made)

    def made(self, expression: str) -> str:
        """Return the term map of an IRI that SQL makes."""
        name = self._made.setdefault(expression, f"iri_{len(self._made) + 1}")
        return f'rr:column "{name}" ; {_IRI}'

    def add(self, predicate: str, value: str) -> None:
        """Add a predicate, which is an IRI or a term map, and the term map of its object."""
        self._statements.append((predicate, value))

    def write(self, name: str) -> str:
        """Return the triples map in Turtle."""
        made = "".join(f", {expression} AS {name}" for expression, name in self._made.items())
        query = f'SELECT *{made} FROM "{self._table.stem}"{self._where}'  # noqa: S608 names of the schema
        lines = [
            f"<#{name}>",
            f"    rr:logicalTable [ rr:sqlQuery {Literal(query)} ]",
            f"    rr:subjectMap [ {self._subject} ]",
        ]
        lines += [
            f"    rr:predicateObjectMap [ {_predicate(predicate)} ; rr:objectMap [ {value} ] ]"
            for predicate, value in self._statements
        ]
        return "{}\n{} .\n".format(lines[0], " ;\n".join(lines[1:]))


def _stated(table: Table) -> Iterator[_TriplesMap]:
    """Yield a triples map for each kind of subject that cells of a table speak of."""
    maps: dict[str, _TriplesMap] = {}
    for column in table.columns:
        if column.property_url is not None:
            about = column.about_url or table.about_url
            triples_map = maps.setdefault(about, _TriplesMap(table, about))
            triples_map.add(
                KNOWN_PREFIXES.expand(column.property_url), _object(triples_map, column)
            )
    yield from maps.values()


def _object(triples_map: _TriplesMap, column: Column) -> str:
    """Return the term map of the values of a column."""
    if column.value_url is not None:
        template = KNOWN_PREFIXES.expand(column.value_url)
        return triples_map.iri(template, unless_empty="" if column.virtual else column.name)
    if column.lang:
        return f'rr:column "{column.name}" ; rr:language "{column.lang}"'
    if column.datatype == "string":
        return f'rr:column "{column.name}"'
    return f'rr:column "{column.name}" ; rr:datatype <{XSD}{column.datatype}>'


def _derived(table: Table) -> Iterator[_TriplesMap]:
    """Yield what follows from the rows of a table without standing in them."""
    columns = _columns(table)
    if _DATE in columns:
        bounds = [columns[bound].name for bound in (_EARLIEST, _LATEST) if bound in columns]
        triples_map = _TriplesMap(table, table.about_url, _where(f'"{n}" IS NULL' for n in bounds))
        for bound in (_EARLIEST, _LATEST):
            triples_map.add(bound, _object(triples_map, columns[_DATE]))
        yield triples_map
    if {_STATUS, _SIGNATORY, _CALL} <= columns.keys():
        active = _where([f"\"{columns[_STATUS].name}\" = 'active'"])
        triples_map = _TriplesMap(table, columns[_SIGNATORY].value_url or "", active)
        triples_map.add(msc("endorses").value, _object(triples_map, columns[_CALL]))
        yield triples_map


def _related(table: Table, prefixes: Iterable[str]) -> Iterator[_TriplesMap]:
    """Yield what the prefixed names in a table of mappings stand for, and say of their subjects."""
    key = table.primary_key[0]
    subject = f"{COUNTRY}{{country}}" if key == "country" else f"{PREFIXES['actor']}{{{key}}}"
    names = {column: _expanded(column, prefixes) for column in _ANNOTATED.values()}
    mapping = _TriplesMap(table, table.about_url)
    mapping.add(f"{PREFIXES['owl']}annotatedSource", mapping.iri(subject))
    for predicate, column in _ANNOTATED.items():
        mapping.add(predicate, mapping.made(names[column]))
    yield mapping
    party = _TriplesMap(table, subject)
    party.add(party.made(names["predicate_id"]), party.made(names["object_id"]))
    yield party
    reviewed = _where([f"\"predicate_id\" = '{EXACT}'", '"reviewer_label" IS NOT NULL'])
    party = _TriplesMap(table, subject, reviewed)
    party.add(f"{PREFIXES['schema']}sameAs", party.made(names["object_id"]))
    yield party


def _columns(table: Table) -> dict[str, Column]:
    """Return the columns that speak of the subject of their row, by their property."""
    return {
        KNOWN_PREFIXES.expand(column.property_url): column
        for column in table.columns
        if column.property_url is not None and column.about_url is None
    }


def _predicate(predicate: str) -> str:
    is_made = predicate.startswith("rr:")
    return f"rr:predicateMap [ {predicate} ]" if is_made else f"rr:predicate <{predicate}>"


def _concatenated(template: str) -> Iterator[str]:
    """Yield the parts of a template as SQL: texts and columns in turns."""
    for position, part in enumerate(_VARIABLE.split(template)):
        if position % 3 == 0 and part:
            yield _text(part)
        elif position % 3 == 2:
            yield f'"{part}"'


def _expanded(column: str, prefixes: Iterable[str]) -> str:
    """Return the SQL of the IRI for which a prefixed name stands."""
    cases = (
        f"WHEN \"{column}\" LIKE '{prefix}:%' "
        f'THEN {_text(PREFIXES[prefix])} || substr("{column}", {len(prefix) + 2})'
        for prefix in prefixes
    )
    return f"CASE {' '.join(cases)} END"


def _text(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _where(conditions: Iterable[str]) -> str:
    together = " AND ".join(conditions)
    return f" WHERE {together}" if together else ""
