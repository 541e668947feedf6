"""A harvest of one registry keeps what is known of other calls, and draws nothing from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.harvest.table_set import TableSet
from support.tables import add_pledge, keep_some_parties


@pytest.fixture
def book(folder: Path) -> TableSet:
    keep_some_parties(folder)
    add_pledge(folder)
    return TableSet(folder)


@pytest.mark.parametrize("name", ["endorsements.csv", "events.csv"])
def test_the_rows_of_other_calls_are_kept(book: TableSet, name: str) -> None:
    others = {key for key, row in book.records(name).items() if row["call"] != "paris-call"}
    book.replace_of_call(name, [])
    assert set(book.records(name)) == others
    assert ("abb", "tide-pledge") in {key[:2] for key in others}


def test_a_claim_on_another_call_is_no_evidence_for_this_one(book: TableSet) -> None:
    sources = {found.source for found in book.reported()["abb"][1]}
    assert sources == {"inside-it-2018-11"}
