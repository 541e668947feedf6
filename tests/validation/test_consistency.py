"""Tables whose rows are sound each for itself, and contradict each other, are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.tables.graph import Graph
from pariscall.validation.consistency import find_disagreements
from support.command import Run
from support.tables import edit

VU = "paris-call-registry/cc88a7b,vu-security,vu-security,paris-call,affirms,2018-11-12"


def test_the_bundled_tables_agree() -> None:
    assert find_disagreements(Graph()) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        # sources and claims
        ("sources", "AFNUM,party-statement,2018-11-12", "AFNUM,party-statement,2018-11-13", "Name it by its day"),
        ("sources", "Registry of the Paris Call on 2020", "Register of the Paris Call on 2020", "It must be 'Registry"),
        ("claims", "2018-11-12,,2018-11-12,,,,high", "2018-11-12,,2018-11-13,,,,high", "its source of 2018-11-12"),
        ("claims", VU, VU.replace(",affirms", ",denies"), "stood on every entry of that day"),
        ("claims", VU, VU.replace("curity,paris-call,", "curity,charter-of-trust,"), "Name it vu-security-charter"),
        ("claims", "2019-11-12,paris-peace-forum-2019", "2019-11-14,paris-peace-forum-2019", "was not on"),
        ("counts", ",total,paris-call,1038", ",states,paris-call,1038", "states counts total"),
        ("attributes", "activities that threaten", "activities which threaten", "Accept what is ours"),
        ("supports", "abb,paris-call,1,inside-it-2018-11,abb,reported\n", "", "supports nothing"),
        # rulings
        ("principles", "paris-call,9,", "paris-call,10,", "principle 9 of paris-call is missing"),
        ("countries", "AFG,AFG", "AFG,AGF", "alpha3 is not that of the country"),
        ("corrections", "nationality,FR,*,country", "nationality,FR,*,nature", "nationality is never a nature"),
        ("datasets", "2024-01-19,1222", "2024-01-18,1222", "are not of its source"),
        ("decisions", "not-a-registry-state,6dcb8c4,*,,", "not-a-registry-state,6dcb8c4,*,x,", "that is no not-a-registry-state"),
        ("decisions", "same-party,*,burkina_faso.md", "same-party,*,burkina_fasp.md", "has no file"),
        # conclusions
        ("parties", "abb,ABB,", "abb,AAB,", "name is 'AAB', and 'ABB' by"),
        ("parties", "abb,ABB,,,company,SWE", "abb,ABB,,,company,NOR", "country is 'NOR', and 'SWE' by"),
        ("parties", "chile,,Chile", "chile,,Chili", "name_en is 'Chili', and 'Chile' by"),
        ("endorsements", "abb,paris-call,1,active,private-sector", "abb,paris-call,1,active,state", "category is 'state'"),
        ("endorsements", "abelia,paris-call,1,active,private-sector,2019-09-16", "abelia,paris-call,1,active,private-sector,2019-09-17", "is known since 2019-09-16"),
        ("events", "abelia,paris-call,1,signature,signature,,2018-11-12,2019-09-16", "abelia,paris-call,1,signature,signature,,2018-11-12,2019-09-15", "the signature must read"),
        ("events", "abelia,paris-call,1,listing-cc88a7b,listing,,2018-11-12", "abelia,paris-call,1,listing-cc88a7b,listing,,2018-11-13", "have another window"),
        ("events", "abelia,paris-call,1,listing-cc88a7b", "abelia,paris-call,1,listing-cc88a7c", "is not named after"),
        ("entries", "2019-09-16,2024-01-19,2024-01-19", "2019-09-17,2024-01-19,2024-01-19", "first_seen is not"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_with_its_row(
    folder: Path, table: str, old: str, new: str, problem: str
) -> None:
    edit(folder / f"{table}.csv", old, new)
    found = find_disagreements(Graph(folder))
    assert any(problem in line for line in found)
    assert all(line.startswith(str(folder)) for line in found)


def test_an_export_of_tables_that_disagree_writes_nothing(run: Run, folder: Path) -> None:
    edit(folder / "parties.csv", "abb,ABB,,,company,SWE", "abb,ABB,,,company,NOR")
    finished = run("export", "-o", "out", "--tables", folder)
    assert finished.returncode == 1
    assert "country is 'NOR', and 'SWE' by" in finished.stderr
    validated = run("validate", "--tables", folder)
    assert validated.returncode == 1
    assert "  3:1  violation  country is 'NOR'" in validated.stdout
    assert "[tables:disagreement]" in validated.stdout
