"""Groupings have members by period, each with its source, and say who supports the call."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pyoxigraph import QuerySolutions, Store

from pariscall import bundle
from pariscall.publish.dumps.european_union import is_member
from pariscall.query.loading import read_store
from pariscall.query.queries import find_query
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple("" if term is None else term.value for term in row) for row in solutions]


def test_the_members_of_the_union_are_those_of_the_table_of_signatories() -> None:
    union = [row for row in memberships() if row["grouping"] == "european-union"]
    assert len(union) == 28
    for row in union:
        assert is_member(row["country"], row["joined"])
        assert is_member(row["country"], "2020-02-01") == (row["left"] == "")


def memberships() -> list[dict[str, str]]:
    return list(read_records(read_schema(bundle.TABLES)["memberships.csv"]))


def members(grouping: str, day: str) -> set[str]:
    """Return the countries that are surely members on a day."""
    return {
        row["country"]
        for row in memberships()
        if row["grouping"] == grouping
        and (row["joined"] or row["latest"]) <= day
        and not "" < row["left"] < day
    }


# As many as each source says there are: of the OAS 35 before Nicaragua left, of the Francophonie 56 full members, of
# which three are no states, before three left; of the G20 what is neither the European nor the African Union.
@pytest.mark.parametrize(
    ("grouping", "day", "count"),
    [
        ("african-union", "2002-07-10", 53),
        ("african-union", "2018-11-12", 55),
        ("asean", "2025-10-25", 10),
        ("asean", "2025-10-26", 11),
        ("brics", "2023-12-31", 5),
        ("brics", "2024-01-19", 9),
        ("brics", "2025-01-06", 10),
        ("commonwealth", "2018-11-12", 53),
        ("commonwealth", "2020-02-01", 54),
        ("commonwealth", "2022-06-25", 56),
        ("five-eyes", "2018-11-12", 5),
        ("g20", "2018-11-12", 19),
        ("g7", "1976-01-01", 6),
        ("g7", "2018-11-12", 7),
        ("oas", "2023-11-19", 35),
        ("oas", "2023-11-20", 34),
        ("oif", "2018-11-17", 51),
        ("oif", "2024-10-05", 53),
        ("oif", "2025-10-01", 50),
    ],
)
def test_a_grouping_has_as_many_members_as_its_sources_say(
    grouping: str, day: str, count: int
) -> None:
    assert len(members(grouping, day)) == count


def test_a_state_that_came_back_is_no_member_in_between() -> None:
    for country, gone, back in (
        ("GMB", "2013-10-04", "2018-02-08"),
        ("MDV", "2016-10-14", "2020-02-01"),
        ("ZAF", "1961-06-01", "1994-06-01"),
    ):
        assert country not in members("commonwealth", gone)
        assert country in members("commonwealth", back)


def test_the_periods_of_a_membership_follow_each_other() -> None:
    for first, second in pairwise(memberships()):
        if (first["grouping"], first["country"]) == (second["grouping"], second["country"]):
            assert "" < first["left"] < (second["joined"] or second["earliest"]), second


@pytest.mark.slow
def test_the_questions_by_grouping_have_their_answers() -> None:
    store = read_store()
    found = {row[1]: (row[2], row[3]) for row in rows(store, find_query("groupings").text)}
    assert found == {
        "African Union": ("11", "55"),
        "Association of Southeast Asian Nations": ("3", "11"),
        "BRICS": ("1", "10"),
        "Commonwealth of Nations": ("10", "56"),
        "European Union": ("27", "27"),
        "Five Eyes": ("5", "5"),
        "G20": ("11", "19"),
        "G7": ("7", "7"),
        "North Atlantic Treaty Organization": ("31", "32"),
        "Organisation for Economic Co-operation and Development": ("35", "38"),
        "Organisation internationale de la Francophonie": ("27", "50"),
        "Organization of American States": ("14", "34"),
    }
    nato = rows(store, find_query("supporters-of-a-grouping").text)
    assert [row[1] for row in nato if row[2] == "false"] == ["Türkiye"]
    # Before it joined, Sweden was no member; before it signed, the United States no supporter.
    text = find_query("supporters-of-a-grouping").text.replace("2024-01-19", "2020-04-01")
    commonwealth = find_query("supporters-of-a-grouping").text.replace("nato", "commonwealth")
    assert {row[1] for row in rows(store, commonwealth) if row[2] == "true"} >= {
        "Canada",
        "Singapore",
    }
    early = {row[1]: row[2] for row in rows(store, text)}
    assert early["United States"] == "false"
    assert "Sweden" not in early
