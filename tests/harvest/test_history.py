"""The history of a registry becomes events: each with its days and its commit, none made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records
from support.checked_harvest import EMPTY_FIELDS, FILE, harvest, of_nobody
from support.registry import NOBODY, Registry, events, records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.mark.slow
def test_a_party_is_listed_on_the_day_of_the_commit(registry: Registry, target: Path) -> None:
    harvest(registry, target)
    listing = events(target, "listing")["nobody"]
    assert (listing["date"], listing["basis"]) == ("2020-04-01", "first-seen")
    assert listing["event"] == "listing-" + listing["evidence"].rpartition("/")[2]
    assert records(target, "sources", "source")[listing["evidence"]]["issued"] == "2020-04-01"


@pytest.mark.slow
def test_when_the_first_state_came_to_be_is_not_known(registry: Registry, target: Path) -> None:
    harvest(registry, target)
    listing = events(target, "listing")["slovenia"]
    assert (listing["date"], listing["earliest"], listing["latest"]) == (
        "",
        "2018-11-12",
        "2019-11-10",
    )
    assert listing["basis"] == "inferred"


@pytest.mark.slow
def test_a_file_that_moves_under_the_same_name_is_no_event(
    registry: Registry, target: Path
) -> None:
    registry.commit({FILE: None, "nobody-new.md": NOBODY}, "2020-06-01")
    harvest(registry, target)
    assert of_nobody(target) == [("listing", "2020-04-01"), ("signature", "2020-04-01")]
    ledger = records(target, "identifiers", "file")
    assert ledger[FILE]["party"] == ledger["nobody-new.md"]["party"] == "nobody"


@pytest.mark.slow
def test_names_categories_and_countries_change(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS}, "2020-06-01")
    registry.commit({FILE: EMPTY_FIELDS.replace("Nobody", "Somebody")}, "2020-07-01")
    registry.commit(
        {FILE: EMPTY_FIELDS.replace("Nobody", "Somebody").replace("FRA", "SVN")}, "2020-08-01"
    )
    harvest(registry, target)
    move = events(target, "reclassification")["nobody"]
    assert (move["date"], move["from_category"], move["to_category"]) == (
        "2020-06-01",
        "unknown",
        "civil-society",
    )
    renaming = events(target, "name-change")["nobody"]
    assert (renaming["date"], renaming["from_name"], renaming["to_name"]) == (
        "2020-07-01",
        "Nobody",
        "Somebody",
    )
    country = events(target, "country-change")["nobody"]
    assert (country["date"], country["from_country"], country["to_country"]) == (
        "2020-08-01",
        "FRA",
        "SVN",
    )


@pytest.mark.slow
def test_filling_in_a_country_is_no_change_of_country(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS}, "2020-06-01")
    harvest(registry, target)
    assert events(target, "country-change") == {}


@pytest.mark.slow
def test_who_goes_is_delisted_and_stays_in_the_tables(registry: Registry, target: Path) -> None:
    registry.commit({FILE: None}, "2020-06-01")
    harvest(registry, target)
    assert of_nobody(target)[-1] == ("delisting", "2020-06-01")
    endorsement = records(target, "endorsements")["nobody"]
    assert (endorsement["status"], endorsement["until"], endorsement["until_basis"]) == (
        "delisted",
        "2020-06-01",
        "last-seen",
    )
    entry = records(target, "entries")["nobody"]
    assert (entry["first_seen"], entry["last_seen"], entry["date"]) == (
        "2020-04-01",
        "2020-04-01",
        "2020-04-01",
    )
    assert "nobody" in records(target, "parties")


@pytest.mark.slow
def test_who_comes_back_has_two_endorsements(registry: Registry, target: Path) -> None:
    registry.commit({FILE: None}, "2020-07-01")
    registry.commit({FILE: NOBODY}, "2020-08-01")
    harvest(registry, target)
    rows = read_records(read_schema(target)["endorsements.csv"])
    both = [row for row in rows if row["party"] == "nobody"]
    assert [(row["n"], row["status"], row["since"], row["until"]) for row in both] == [
        ("1", "delisted", "2020-04-01", "2020-07-01"),
        ("2", "active", "2020-08-01", ""),
    ]
    support = records(target, "supports")["nobody"]
    assert (support["n"], support["basis"]) == ("1", "first-seen")


@pytest.mark.slow
def test_countries_may_be_named_in_french(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS.replace("FRA", "Etats-Unis")}, "2020-06-01")
    harvest(registry, target)
    assert records(target, "parties")["nobody"]["country"] == "USA"


@pytest.mark.slow
def test_merges_of_branches_count_as_one_commit(registry: Registry, target: Path) -> None:
    registry.git("checkout", "--quiet", "-b", "branch")
    registry.commit({FILE: None}, "2020-05-01")
    registry.commit({"new.md": NOBODY.replace("Nobody", "New")}, "2020-05-02")
    registry.git("checkout", "--quiet", "main")
    registry.git("merge", "--quiet", "--no-ff", "-m", "Merge", "branch", day="2020-06-01")
    harvest(registry, target)
    assert events(target, "delisting")["nobody"]["date"] == "2020-06-01"
    assert events(target, "listing")["new"]["date"] == "2020-06-01"
