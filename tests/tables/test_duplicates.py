"""Pairs that may be one are found by rule, and each is decided by a person."""

from __future__ import annotations

import pytest

from pariscall import bundle
from pariscall.tables.csvw import read_schema
from pariscall.tables.duplicates import find_pairs
from pariscall.tables.likeness import likeness, words_of
from pariscall.tables.rows import Row, read_records, read_rows


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Société Générale SA", "societe generale", 1.0),
        ("Microsoft Corporation", "Microsoft", 1.0),
        ("NDI", "National Democratic Institute", 0.9),
        ("Vietnet ICT", "Vietnet Center (VIETNET-ICT)", 0.9),
        ("Dell", "Dell Technologies", 0.8),
        ("Kaspersky Lab", "Kasperski Lab", 0.9),
    ],
)
def test_the_same_name_is_alike_however_it_is_written(one: str, other: str, least: float) -> None:
    assert likeness(one, other) == likeness(other, one) >= least


@pytest.mark.parametrize(
    ("one", "other"), [("Microsoft", "Orange"), ("MSC", "Munich Re"), ("Bank of Ireland", "BBVA")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.6


def test_a_name_of_legal_forms_keeps_them() -> None:
    assert words_of("The Group") == ("the", "group")


def test_each_pair_that_is_found_was_decided() -> None:
    schema = read_schema(bundle.TABLES)
    active = {row["party"] for row in read_records(schema["endorsements.csv"]) if not row["until"]}
    found = find_pairs(row for row in read_rows(schema["parties.csv"]) if row["party"] in active)
    tables = ("mappings.sssom.tsv", "mapping_refusals.csv")
    decided = {
        (row["party"], row["object_id"].removeprefix("actor:"))
        for table in tables
        for row in read_records(schema[table])
        if row["object_id"].startswith("actor:")
    }
    assert set(found) <= decided
    assert ("dell", "dell-technologies") in found


def test_states_and_other_countries_are_no_pairs() -> None:
    schema = read_schema(bundle.TABLES)
    names = [("a", "Harbour", "FRA"), ("b", "Harbour Trust", "DEU"), ("c", "", "FRA")]
    table = schema["parties.csv"]
    rows = [
        Row(table, 1, [party, name, "", "", "", country, "", ""]) for party, name, country in names
    ]
    assert find_pairs(rows) == []
    assert find_pairs([rows[0], rows[1].replaced({"country": "FRA"})]) == [("a", "b")]
