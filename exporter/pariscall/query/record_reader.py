"""Records read from the bundled tables, as of a date if one is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from ..rdf.ntriples import text_of
from ..tables.as_of import AsOf
from ..tables.checks import check_tables
from ..tables.csvw import TABLES
from ..tables.derivation import read_tables
from ..tables.graph import joined
from ..tables.mapping import mapper_of
from ..tables.mappings import TABLES as MAPPINGS
from ..tables.mappings import identifiers_of
from ..tables.rows import Row, read_rows
from .records import Claim, Event, Signatory, Source

_FIELDS = ("category", "name", "country")  # that an event can change
_NAMING_SOURCES = ("supports.csv", "entries.csv")


class RecordReader:
    """Reads the records of the bundled tables.

    Raises:
        TableError: if the tables were changed and cannot be read.
        MisuseError: if nothing is known of the registry on that date.
    """

    def __init__(self, as_of: date | None = None) -> None:
        self._schema = read_tables(TABLES)
        check_tables(self._schema)
        self._as_of = AsOf(self._schema, as_of) if as_of else None
        self._mappers = {
            table.name: mapper_of(table) for table in self._schema.tables if table.is_mapped
        }

    def signatories(self) -> Iterator[Signatory]:
        """Yield every endorsement with its party, in the order of the identifiers."""
        for party, *members in self._documents("parties.csv"):
            for row in members:
                if row.table.name == "endorsements.csv":
                    key = row["call"], row["n"]
                    yield self._signatory(
                        party,
                        row,
                        [m for m in members if m.table.name not in MAPPINGS and _key(m) == key],
                        {name: cell or None for name, cell in identifiers_of(members).items()},
                    )

    def events(self) -> Iterator[Event]:
        """Yield what happened to each endorsement, in the order of the identifiers."""
        for party, *members in self._documents("parties.csv"):
            endorsements = {
                _key(row): self._iri(row) for row in members if row.table.name == "endorsements.csv"
            }
            for row in members:
                if row.table.name == "events.csv":
                    yield self._event(party, row, endorsements[_key(row)])

    def claims(self) -> Iterator[Claim]:
        """Yield what sources say of the support of parties, in the order of the sources."""
        for source, *members in self._documents("sources.csv"):
            for row in members:
                if row.table.name == "claims.csv":
                    yield self._claim(self._sources[source["source"]], row)

    def _signatory(
        self,
        party: Row,
        endorsement: Row,
        members: list[Row],
        identifiers: Mapping[str, str | None],
    ) -> Signatory:
        signed = next((m for m in members if _is_signature(m)), None)
        named = [m["source"] for m in members if m.table.name in _NAMING_SOURCES]
        return Signatory(
            iri=self._iri(party),
            id=party["party"],
            name=_name(party),
            name_fr=party["name_fr"] or None,
            nature=party["nature"] or None,
            country=party["country"] or None,
            country_name=self._countries.get(party["country"]),
            website=party["website"] or None,
            endorsement=self._iri(endorsement),
            call=endorsement["call"],
            category=endorsement["category"],
            status=endorsement["status"],
            since=date.fromisoformat(endorsement["since"]),
            since_basis=endorsement["since_basis"],
            until=_date(endorsement["until"]),
            until_basis=endorsement["until_basis"] or None,
            superseded_by=endorsement["superseded_by"] or None,
            signed_earliest=_date(signed["date"] or signed["earliest"]) if signed else None,
            signed_latest=_date(signed["date"] or signed["latest"]) if signed else None,
            sources=tuple(self._sources[name] for name in dict.fromkeys(named)),
            **identifiers,
        )

    def _event(self, party: Row, event: Row, endorsement: str) -> Event:
        before = [event[f"from_{field}"] for field in _FIELDS]
        after = [event[f"to_{field}"] for field in _FIELDS]
        return Event(
            iri=self._iri(event),
            endorsement=endorsement,
            party=party["party"],
            name=_name(party),
            call=event["call"],
            type=event["type"],
            earliest=date.fromisoformat(event["date"] or event["earliest"]),
            latest=date.fromisoformat(event["date"] or event["latest"]),
            basis=event["basis"],
            source=self._sources.get(event["evidence"]),
            before="".join(before) or None,
            after="".join(after) or None,
        )

    def _claim(self, source: Source, claim: Row) -> Claim:
        return Claim(
            iri=self._iri(claim),
            source=source,
            party=claim["party"],
            name=self._names[claim["party"]],
            call=claim["call"],
            polarity=claim["polarity"],
            claimed_date=_date(claim["claimed_date"]),
            earliest=date.fromisoformat(claim["date"] or claim["earliest"]),
            latest=date.fromisoformat(claim["date"] or claim["latest"]),
            quote=claim["quote_en"] or None,
            confidence=claim["confidence"] or None,
            assessment=claim["assessment"],
            note=claim["note_en"] or None,
            note_fr=claim["note_fr"] or None,
        )

    @cached_property
    def _sources(self) -> dict[str, Source]:
        """All sources by identifier, whatever the date."""
        return {
            row["source"]: Source(
                iri=self._iri(row),
                id=row["source"],
                title=row["title"],
                publisher=row["publisher"] or None,
                type=row["type"],
                issued=_date(row["issued"]),
                url=row["url"] or None,
            )
            for row in read_rows(self._schema["sources.csv"])
        }

    @cached_property
    def _countries(self) -> dict[str, str]:
        """The English names of countries by their code."""
        rows = read_rows(self._schema["countries.csv"])
        return {row["country"]: row["name_en"] for row in rows}

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of parties by identifier."""
        return {party["party"]: _name(party) for party, *_ in self._documents("parties.csv")}

    def _documents(self, head: str) -> Iterator[list[Row]]:
        group = next(tables for tables in self._schema.documents() if tables[0].name == head)
        for rows in joined(group):
            yield self._as_of.rows(rows) if self._as_of else rows

    def _iri(self, row: Row) -> str:
        return text_of(self._mappers[row.table.name].subject(row.cells))


def _key(row: Row) -> tuple[str, str]:
    """Return the endorsement that a row is about: its call, and its number for the party."""
    return row["call"], row["supports" if row.table.name == "entries.csv" else "n"]


def _name(party: Row) -> str:
    return party["name"] or party["name_en"]


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _is_signature(row: Row) -> bool:
    return row.table.name == "events.csv" and row["type"] == "signature"
