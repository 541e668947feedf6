"""Records are typed, complete, and the same as the dump and the graph."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

import pariscall
from pariscall.publish.export import export
from pariscall.query.records import Claim, Event, Signatory


@pytest.fixture(scope="module")
def signatories() -> list[Signatory]:
    return pariscall.signatories()


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return pariscall.events()


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return pariscall.claims()


def cell(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.slow
def test_signatories_are_the_rows_of_the_dump(signatories: list[Signatory], tmp_path: Path) -> None:
    export(tmp_path, ["csv"])
    with (tmp_path / "paris-call-signatories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_the_table = {"signatory", "country_alpha3", "region", "region_name", "eu_member", "sources"}
    names = [name for name in rows[0] if name not in of_the_table]
    assert [(row["signatory"], *(row[name] for name in names)) for row in rows] == [
        (found.iri, *(cell(getattr(found, name)) for name in names)) for found in signatories
    ]


@pytest.mark.slow
def test_events_are_those_of_the_graph(events: list[Event]) -> None:
    rows = pariscall.query(
        "SELECT ?event ?earliest ?latest ?type ?endorsement ?source {"
        " ?event msc:ofEndorsement ?endorsement ; msc:eventType/skos:notation ?type ;"
        " msc:earliest ?earliest ; msc:latest ?latest . OPTIONAL { ?event msc:evidence ?source } }"
    )
    assert set(rows) == {
        (e.iri, e.earliest, e.latest, e.type, e.endorsement, e.source and e.source.iri)
        for e in events
    }


@pytest.mark.slow
def test_a_change_has_what_was_before_and_after(events: list[Event]) -> None:
    changes = [event for event in events if event.type == "reclassification"]
    rows = pariscall.query("reclassifications")
    assert Counter((row["from"].name, row.to.name, row.latest) for row in rows) == Counter(
        (event.before, event.after, event.latest) for event in changes
    )
    assert all(
        (e.before is None)
        == (e.type in {"listing", "signature", "merge", "delisting", "succession"})
        for e in events
    )


@pytest.mark.slow
def test_claims_are_those_of_the_graph(claims: list[Claim]) -> None:
    rows = pariscall.query(
        "SELECT ?claim ?polarity ?earliest ?latest ?title {"
        " ?claim a msc:EndorsementClaim ; msc:polarity/skos:notation ?polarity ;"
        " msc:earliest ?earliest ; msc:latest ?latest ; msc:claimSource/dcterms:title ?title }"
    )
    assert set(rows) == {
        (claim.iri, claim.polarity, claim.earliest, claim.latest, claim.source.title)
        for claim in claims
    }


def test_a_signatory_names_its_sources(signatories: list[Signatory]) -> None:
    [abb] = [found for found in signatories if (found.id, found.call) == ("abb", "paris-call")]
    assert [source.type for source in abb.sources] == ["official-registry", "news"]
    assert abb.sources[1].publisher == "inside-it.ch"
    assert all(found.sources for found in signatories)


def test_records_can_be_grouped_and_not_changed(signatories: list[Signatory]) -> None:
    assert len(set(signatories)) == len(signatories)
    with pytest.raises(FrozenInstanceError):
        signatories[0].name = "other"  # type: ignore[misc]


@pytest.mark.slow
def test_records_as_of_a_date_tell_nothing_of_what_came_later() -> None:
    day = date(2020, 1, 1)
    found = pariscall.signatories(as_of=day)
    assert Counter(signatory.category for signatory in found)["state"] == 76
    assert all(event.latest <= day for event in pariscall.events(as_of=day))
    assert all(claim.latest <= day for claim in pariscall.claims(as_of="2020-01-01"))
