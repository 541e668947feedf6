"""Groupings have members by period, each with its source, and say who supports the call."""

from __future__ import annotations

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
    memberships = read_records(read_schema(bundle.TABLES)["memberships.csv"])
    union = [row for row in memberships if row["grouping"] == "european-union"]
    assert len(union) == 28
    for row in union:
        assert is_member(row["country"], row["joined"])
        assert is_member(row["country"], "2020-02-01") == (row["left"] == "")


def test_the_questions_by_grouping_have_their_answers() -> None:
    store = read_store()
    found = {row[1]: (row[2], row[3]) for row in rows(store, find_query("groupings").text)}
    assert found == {
        "Association of Southeast Asian Nations": ("3", "10"),
        "European Union": ("27", "27"),
        "North Atlantic Treaty Organization": ("31", "32"),
        "Organisation for Economic Co-operation and Development": ("35", "38"),
    }
    nato = rows(store, find_query("supporters-of-a-grouping").text)
    assert [row[1] for row in nato if row[2] == "false"] == ["Türkiye"]
    # Before it joined, Sweden was no member; before it signed, the United States no supporter.
    text = find_query("supporters-of-a-grouping").text.replace("2024-01-19", "2020-04-01")
    early = {row[1]: row[2] for row in rows(store, text)}
    assert early["United States"] == "false"
    assert "Sweden" not in early
