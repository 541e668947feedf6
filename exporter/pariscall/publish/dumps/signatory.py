"""A signatory as one row for each of its endorsements, for tables of every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ...rdf.namespaces import BASE
from ...tables.csvw import Column, Schema
from ...tables.document import Document
from ...tables.mappings import IDENTIFIERS, identifiers_of
from ...tables.rows import Row
from .european_union import is_member

# What each column holds: the table and the column that its cells are from.
COLUMNS = {
    "signatory": ("parties.csv", "party"),
    "name": ("parties.csv", "name"),
    "name_fr": ("parties.csv", "name_fr"),
    "category": ("endorsements.csv", "category"),
    "nature": ("parties.csv", "nature"),
    "country": ("parties.csv", "country"),
    "country_name": ("countries.csv", "name_en"),
    "status": ("endorsements.csv", "status"),
    "since": ("endorsements.csv", "since"),
    "since_basis": ("endorsements.csv", "since_basis"),
    "until": ("endorsements.csv", "until"),
    "signed_earliest": ("events.csv", "earliest"),
    "signed_latest": ("events.csv", "latest"),
    "website": ("parties.csv", "website"),
    "country_alpha3": ("countries.csv", "alpha3"),
    "region": ("countries.csv", "region"),
    "call": ("endorsements.csv", "call"),
}
# What is made of several cells, and its datatype.
_MADE = {"region_name": "string", "eu_member": "boolean", "sources": "string"}
NAMES = (*COLUMNS, *_MADE, *IDENTIFIERS)
# What each column holds, in words.
DESCRIPTIONS = {
    "signatory": "The IRI of the party.",
    "name": "The name of the party; of states and unions, in English.",
    "name_fr": "The name in French, where there is one.",
    "category": "The category in which the party supports the call, a code.",
    "nature": "The kind of organisation, a code.",
    "country": "The country of the party, a code of the EU Publications Office.",
    "country_name": "The name of the country in English.",
    "status": "Whether the endorsement is active, or how it ended, a code.",
    "since": "The first date on which the support is known. It is a date of signature only if declared.",
    "since_basis": "How that date is known: declared, reported, or first seen in the registry.",
    "until": "The date by which the endorsement had ended.",
    "signed_earliest": "The first date on which the party may have signed.",
    "signed_latest": "The last date on which the party may have signed.",
    "website": "The website of the party.",
    "country_alpha3": "The country in ISO 3166-1 alpha-3.",
    "region": "The region of the country, a code of UN M49.",
    "call": "The call that is endorsed.",
    "region_name": "The name of the region in English.",
    "eu_member": "Whether the country was a member of the European Union on the date in since.",
    "sources": "The IRIs of the sources of the endorsement and its events, with a space between.",
    "wikidata": "The item of the party in Wikidata, if one is exactly it.",
    "ror": "The identifier of the party in the Research Organization Registry, if one is exactly it.",
    "lei": "The Legal Entity Identifier (ISO 17442) of the party, if one is exactly it.",
    "isni": "The International Standard Name Identifier (ISO 27729) of the party, if one is exactly it.",
}

# The regions of UN M49, https://unstats.un.org/unsd/methodology/m49/
REGIONS = {
    "002": "Africa",
    "009": "Oceania",
    "019": "Americas",
    "142": "Asia",
    "150": "Europe",
}
_OF_COUNTRIES = {
    name: column for name, (table, column) in COLUMNS.items() if table == "countries.csv"
}
_NO_COUNTRY = ("",) * len(_OF_COUNTRIES)
_IN_EVERY_ROW = {"parties.csv", "endorsements.csv"}
_OF_A_SOURCE = {"entries.csv": "source", "supports.csv": "source", "events.csv": "evidence"}


def columns(schema: Schema) -> Iterator[Column]:
    """Describe the columns as the description of the tables does those that they are from."""
    for name, (table, source) in COLUMNS.items():
        column = next(column for column in schema[table].cells if column.name == source)
        required = column.required and table in _IN_EVERY_ROW
        if name == "signatory":  # the IRI that is made of the cell
            column = replace(column, datatype="anyURI", pattern=None)
        yield replace(column, name=name, required=required)
    for name, datatype in _MADE.items():
        yield Column(name, datatype=datatype, required=name == "sources")
    for name in IDENTIFIERS:
        yield Column(name)


class SignatoryRows:
    """Makes the rows of documents; countries come before the parties."""

    def __init__(self) -> None:
        self._countries: dict[str, tuple[str, ...]] = {}

    def of(self, document: Document) -> Sequence[Mapping[str, str]]:
        """Return the cells of each endorsement of a party, by the names of the columns."""
        head = document.rows[0]
        if head.table.name == "countries.csv":
            self._countries[head["country"]] = tuple(
                [head[name] for name in _OF_COUNTRIES.values()]
            )
        if head.table.name != "parties.csv":
            return []
        return _rows_of(document, self._countries.get(head["country"], _NO_COUNTRY))


@lru_cache(maxsize=1)
def _rows_of(document: Document, country: tuple[str, ...]) -> list[Mapping[str, str]]:
    """Make the rows of a document, which goes to the tables of every format right after each other."""
    shared = {**dict(zip(_OF_COUNTRIES, country, strict=True)), **identifiers_of(document.rows)}
    return [
        _row(document.rows, endorsement, shared)
        for endorsement in document.rows
        if endorsement.table.name == "endorsements.csv"
    ]


def _row(rows: list[Row], endorsement: Row, shared: Mapping[str, str]) -> Mapping[str, str]:
    party, *others = rows
    related = [row for row in others if _is_of(row, endorsement)]
    signature = next((row for row in related if _is_signature(row)), None)
    known = {"parties.csv": party, "endorsements.csv": endorsement, "events.csv": signature}
    cells = {
        name: row[column] if (row := known.get(table)) else ""
        for name, (table, column) in COLUMNS.items()
    }
    day = signature["date"] if signature else ""
    return {
        **cells,
        **shared,
        "signatory": f"{BASE}actor/{party['party']}",
        "name": party["name"] or party["name_en"],
        "signed_earliest": day or cells["signed_earliest"],
        "signed_latest": day or cells["signed_latest"],
        "region_name": REGIONS.get(shared["region"], ""),
        "eu_member": _in_union(cells["country"], endorsement["since"]),
        "sources": " ".join(_sources(related)),
    }


def _is_signature(row: Row) -> bool:
    return row.table.name == "events.csv" and row["type"] == "signature"


def _is_of(row: Row, endorsement: Row) -> bool:
    """Return whether a row of a party is about one of its endorsements."""
    if row.table.name not in _OF_A_SOURCE or row["call"] != endorsement["call"]:
        return False
    number = row["supports"] if row.table.name == "entries.csv" else row["n"]
    return number == endorsement["n"]


def _in_union(country: str, day: str) -> str:
    """Return whether a country was in the Union on a date, as a boolean of XSD; empty if unknown."""
    return str(is_member(country, day)).lower() if country and day else ""


def _sources(rows: list[Row]) -> list[str]:
    names = {row[_OF_A_SOURCE[row.table.name]] for row in rows}
    return [f"{BASE}source/{name}" for name in sorted(names) if name]
