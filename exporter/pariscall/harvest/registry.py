"""The registry of the Paris Call, harvested from a clone of its git repository.

Twitter and LinkedIn values and the supporters' own statements are not carried over.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from .. import bundle, tables
from ..errors import RegistryError
from ..files import staging
from ..iris import PREFIXES
from ..schema import Schema, read_schema
from .corrections import Corrections
from .entry import Entry, Vocabulary, read_entry
from .frontmatter import read_front_matter
from .ledger import Ledger
from .records import (
    CALL,
    REGISTRY,
    Record,
    Statement,
    Supporter,
    endorsement_record,
    entry_record,
    party_record,
    signature_record,
    snapshot,
    source_record,
)
from .repository import Commit, Repository, opened

FOLDER = "_supporters"
_READ = (
    *("calls.csv", "claims.csv", "countries.csv", "datasets.csv"),
    *("ledger.csv", "parties.csv", "sources.csv", "supports.csv"),
)


@dataclass(frozen=True)
class Harvest:
    """What a harvest found: the state of the registry, how many supporters, how many new."""

    commit: Commit
    supporters: int
    new: int


def harvest_registry(path: Path, folder: Path, revision: str | None = None) -> Harvest:
    """Read the registry at a commit and rewrite the tables that are drawn from it.

    Raises:
        RegistryError: with every entry that cannot be understood and every correction that
            no longer matches; nothing is written then.
        TableError: if the tables in the folder cannot be read.
        OutputError: if they cannot be written.
    """
    schema = read_schema(folder)
    current = {name: tables.read_records(schema[name]) for name in _READ}
    countries = {record["country"]: record for record in current["countries.csv"]}
    ledger = Ledger(current["ledger.csv"], current["parties.csv"])
    with opened(path, revision) as repository:
        corrections = Corrections(list(tables.rows(schema["corrections.csv"])))
        entries = _entries(repository, corrections, _vocabulary(countries))
        supporters = _supporters(repository, entries, ledger, countries, _declared(current))
    launch = next(call["launched"] for call in current["calls.csv"] if call["call"] == CALL)
    harvested = repository.commit
    commits = {harvested, *(supporter.first_seen for supporter in supporters)}
    _write(
        schema,
        {
            "parties.csv": _merged(
                "party",
                current["parties.csv"],
                [party_record(supporter, countries) for supporter in supporters],
            ),
            "endorsements.csv": [endorsement_record(supporter) for supporter in supporters],
            "events.csv": [signature_record(supporter, launch) for supporter in supporters],
            "entries.csv": [entry_record(supporter, harvested) for supporter in supporters],
            "datasets.csv": [
                record | {"source": snapshot(harvested), "modified": harvested.day}
                if record["registry"] == REGISTRY
                else record
                for record in current["datasets.csv"]
            ],
            "sources.csv": _merged("source", current["sources.csv"], map(source_record, commits)),
            "ledger.csv": ledger.records(),
        },
    )
    return Harvest(harvested, len(supporters), len(ledger.records()) - len(current["ledger.csv"]))


def _entries(
    repository: Repository, corrections: Corrections, vocabulary: Vocabulary
) -> list[Entry]:
    files = repository.files(FOLDER)
    if not files:
        raise RegistryError(f"there is no folder {FOLDER} at commit {repository.commit.sha}.")
    entries, problems = [], []
    for file, content in files.items():
        try:
            fields = read_front_matter(file, content)
            entries.append(read_entry(file, fields, corrections, vocabulary))
        except RegistryError as error:
            problems.append(str(error))
    problems.extend(corrections.unused())
    if problems:
        raise RegistryError("\n".join(problems))
    return entries


def _supporters(
    repository: Repository,
    entries: Iterable[Entry],
    ledger: Ledger,
    countries: dict[str, Record],
    declared: dict[str, Statement],
) -> list[Supporter]:
    first_seen = repository.first_seen(FOLDER)
    supporters: dict[str, Supporter] = {}
    problems = []
    for entry in entries:
        name = (
            countries[entry.values["country"]]["name_en"]
            if entry.is_state
            else entry.values["name"]
        )
        try:
            party = ledger.party(entry.file, name)
        except RegistryError as error:
            problems.append(str(error))
            continue
        if party in supporters:
            other = supporters[party].entry.file
            problems.append(f"{entry.file}: by the ledger it is about {party}, as {other} is.")
        signed = entry.values.get("signed")
        statement = (
            Statement(signed, snapshot(repository.commit)) if signed else declared.get(party)
        )
        supporters[party] = Supporter(party, entry, first_seen[entry.file], statement)
    if problems:
        raise RegistryError("\n".join(problems))
    return list(supporters.values())


def _declared(current: dict[str, list[Record]]) -> dict[str, Statement]:
    """Find the days that accepted claims give for endorsements they support."""
    support = {(row["source"], row["claim"]) for row in current["supports.csv"]}
    return {
        claim["party"]: Statement(claim["claimed_date"], claim["source"])
        for claim in current["claims.csv"]
        if claim["claimed_date"]
        and claim["assessment"] == "accepted"
        and (claim["source"], claim["claim"]) in support
    }


def _vocabulary(countries: dict[str, Record]) -> Vocabulary:
    codes = Store()
    codes.bulk_load(path=str(bundle.CODES), format=RdfFormat.TURTLE)

    def select(pattern: str) -> Iterator[tuple[str, str]]:
        query = f"SELECT ?code ?label WHERE {{ ?concept skos:notation ?code ; {pattern} }}"
        for code, label in codes.query(query, prefixes=PREFIXES):  # type: ignore[union-attr]
            yield code.value, label.value

    french = 'skos:inScheme ?list ; skos:prefLabel|skos:altLabel ?label FILTER(LANG(?label) = "fr")'
    in_list = "FILTER(STRENDS(STR(?list), '/{}'))".format
    return Vocabulary(
        categories=frozenset(code for code, _ in select(french + in_list("category"))),
        natures={label: code for code, label in select(french + in_list("nature"))},
        countries=frozenset(code for code, record in countries.items() if not record["ended"]),
    )


def _merged(key: str, current: Iterable[Record], harvested: Iterable[Record]) -> list[Record]:
    """Replace the records that were harvested anew and keep all others."""
    return list(
        ({record[key]: record for record in current} | {r[key]: r for r in harvested}).values()
    )


def _write(schema: Schema, records: dict[str, list[Record]]) -> None:
    with staging(tables.folder_of(schema)) as stage:
        for name, table_records in records.items():
            text = io.StringIO()
            tables.write(schema[name], text, table_records)
            stage.create(name).write(text.getvalue().encode())
