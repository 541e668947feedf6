"""Replaying gives exactly the parties that the registry listed, in the category it gave them.

``history/states.csv`` holds, for each upstream commit from 10 November 2019 on, how many parties
it lists and a digest of their names and categories: the first 16 hexadecimal digits of the SHA-256
of the sorted lines "name TAB category LF". A party with two entries counts once, by the older.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import pariscall
from pariscall import bundle
from pariscall.errors import MisuseError
from pariscall.tables.as_of import AsOf
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph, joined
from pariscall.tables.rows import Row, read_rows
from pariscall.tables.text import clean
from support.command import Run
from support.tables import edit

STATES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "history" / "states.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)
LAST_OF_DAY = list({state["day"]: state for state in STATES}.values())
ACTIVE = "SELECT ?party { ?party msc:endorses call:paris-call }"

Record = dict[str, str]


def digest(listed: Iterable[tuple[str, str]]) -> str:
    lines = sorted(f"{name}\t{category}\n" for name, category in listed)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def listed_on(day: date) -> Iterator[tuple[str, str]]:
    """Give the registry's name and the category of each party with an active endorsement."""
    schema = read_schema(bundle.TABLES)
    as_of_rows = AsOf(schema, day)
    group = next(group for group in schema.documents() if group[0].name == "parties.csv")
    for rows in joined(group):
        document = as_of_rows.rows(rows)
        names = [row["name"] for row in document if row.table.name == "entries.csv"]
        for row in document:
            if _is_listed(row):
                yield clean(names[0]), row["category"]


def _is_listed(row: Row) -> bool:
    is_of_call = row.table.name == "endorsements.csv" and row["call"] == "paris-call"
    return is_of_call and row["status"] == "active"


@pytest.mark.slow
@pytest.mark.parametrize("state", LAST_OF_DAY, ids=[state["day"] for state in LAST_OF_DAY])
def test_the_replay_of_a_day_gives_what_its_last_commit_listed(state: Record) -> None:
    listed = list(listed_on(date.fromisoformat(state["day"])))
    assert (len(listed), digest(listed)) == (int(state["parties"]), state["digest"])


@dataclass
class Party:
    name: str
    category: str
    is_listed: bool


@pytest.mark.slow
def test_the_events_lead_through_every_single_commit() -> None:
    """Undo the events one commit after the other, from the last commit back to the first."""
    schema = read_schema(bundle.TABLES)
    names = {row["party"]: clean(row["name"]) for row in read_rows(schema["entries.csv"])}
    endorsements = [
        row for row in read_rows(schema["endorsements.csv"]) if row["call"] == "paris-call"
    ]
    parties = {
        row["party"]: Party(names[row["party"]], row["category"], row["status"] == "active")
        for row in endorsements
    }
    before = {row["party"]: row["category"] for row in endorsements if row["n"] == "1"}
    events: dict[str, list[Row]] = {}
    for event in read_rows(schema["events.csv"]):
        events.setdefault(event["evidence"].removeprefix("paris-call-registry/"), []).append(event)
    for state in reversed(STATES):
        listed = [(p.name, p.category) for p in parties.values() if p.is_listed]
        assert (len(listed), digest(listed)) == (int(state["parties"]), state["digest"]), state
        for event in events.get(state["commit"], []):
            party = parties[event["party"]]
            if event["type"] == "listing":
                party.is_listed = False
                party.category = before[event["party"]]
            elif event["type"] in ("delisting", "succession"):
                party.is_listed = True
            elif event["type"] == "reclassification":
                assert party.category == event["to_category"]
                party.category = event["from_category"]
            elif event["type"] == "name-change":
                assert party.name == event["to_name"]
                party.name = event["from_name"]


@pytest.mark.slow
def test_the_graph_of_a_day_holds_what_was_listed_then() -> None:
    graph = pariscall.load(as_of="2020-02-18")
    assert len(list(graph.query(ACTIVE))) == next(
        int(state["parties"]) for state in reversed(STATES) if state["day"] <= "2020-02-18"
    )
    assert graph.query("ASK { actor:maldon-wat msc:endorses call:paris-call }").askAnswer
    later = pariscall.load(as_of=date(2020, 2, 19))
    assert not later.query("ASK { actor:maldon-wat msc:endorses call:paris-call }").askAnswer
    ended = "ASK { actor:maldon-wat msc:hasEndorsement/msc:status status:delisted }"
    assert later.query(ended).askAnswer


@pytest.mark.slow
def test_nothing_that_came_later_is_told() -> None:
    day = date(2020, 2, 18)
    schema = read_schema(bundle.TABLES)
    dated = ("claims.csv", "counts.csv", "attributes.csv", "events.csv", "entries.csv")
    for document in TableGraph(as_of=day).documents():
        for row in document.rows:
            if row.table.name in dated:
                latest = (
                    row["date"] if row.table.name == "entries.csv" else row["date"] or row["latest"]
                )
                assert latest <= day.isoformat()
            if row.table.name == "endorsements.csv":
                assert row["until"] <= day.isoformat()
    assert max(row["modified"] for row in read_rows(schema["datasets.csv"])) > day.isoformat()


@pytest.mark.slow
def test_since_is_another_clock_than_the_listing() -> None:
    """BritishAmerican Business was listed two days before the day on which it says it signed."""
    known = (
        "ASK { [] msc:signatory actor:britishamerican-business ; msc:since '2019-11-10'^^xsd:date }"
    )
    assert pariscall.load(as_of="2019-11-11").query(known).askAnswer


@pytest.mark.slow
def test_the_last_known_day_gives_the_whole_graph_but_later_claims() -> None:
    last = pariscall.load(as_of="2024-01-19")
    whole = pariscall.load()
    assert len(list(last.query(ACTIVE))) == len(list(whole.query(ACTIVE))) == 1222


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2018-11-12", "2019-09-15", "2024-01-20"])
def test_a_day_of_which_nothing_is_known_is_refused(run: Run, day: str) -> None:
    finished = run("query", "states", "--as-of", day)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert "It is known from 2019-09-16 to 2024-01-19." in finished.stderr
    with pytest.raises(MisuseError):
        pariscall.load(as_of=day)


def test_what_is_no_day_is_misuse(run: Run) -> None:
    assert run("query", "states", "--as-of", "yesterday").returncode == 2
    assert run("query", "states", "--as-of", "2020-01-01", "--data", "x.ttl").returncode == 2
    with pytest.raises(ValueError, match="yesterday"):
        pariscall.load(as_of="yesterday")


@pytest.mark.slow
def test_an_export_says_as_of_which_day_it_is(run: Run, tmp_path: Path) -> None:
    finished = run(
        "export", "-o", "out", "--as-of", "2019-11-09", "--format", "ttl", "--format", "csv"
    )
    assert finished.stdout.startswith("600 signatories, 634 endorsements")
    assert "as of 2019-11-09" in (tmp_path / "out" / "paris-call.ttl").read_text(encoding="utf-8")
    lines = (tmp_path / "out" / "paris-call-signatories.csv").read_text(encoding="utf-8")
    assert lines.count("\n") == 635


@pytest.mark.slow
def test_of_two_changes_on_one_day_both_are_undone(folder: Path) -> None:
    edit(
        folder / "events.csv",
        "teleton,paris-call,1,reclassification-4d4afa5,reclassification,2020-11-20",
        "teleton,paris-call,1,reclassification-0000000,reclassification,2020-11-20,,,first-seen,"
        "paris-call-registry/fbdf676,civil-society,state,,,,\n"
        "teleton,paris-call,1,reclassification-4d4afa5,reclassification,2020-11-20",
    )
    graph = TableGraph(folder, date(2020, 11, 19))
    [category] = [
        row["category"]
        for document in graph.documents(["parties.csv"])
        for row in document.rows
        if row.table.name == "endorsements.csv" and row["party"] == "teleton"
    ]
    assert category == "private-sector"
