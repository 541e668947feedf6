"""A list of one's own is matched with the parties, and what is only alike is never sure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pariscall.errors import PariscallError
from pariscall.query.match_list import match_list
from pariscall.query.matching import Matcher
from support.sheets import write_open_document, write_workbook

pytestmark = pytest.mark.slow
COLUMNS = ("name", "country", "website")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


@pytest.mark.parametrize(
    ("name", "country", "party"),
    [
        ("Microsoft Corporation", "", "microsoft"),
        ("MICROSOFT", "US", "microsoft"),
        ("Societe Generale", "France", ""),
        ("NEC Corporation", "Japon", "nec"),
        ("France", "", "france"),
    ],
)
def test_who_has_the_name_is_surely_meant(
    matcher: Matcher, name: str, country: str, party: str
) -> None:
    found = [each for each in matcher.match(name, "party", country) if each.is_match]
    assert [each.thing.id for each in found] == ([f"actor/{party}"] if party else [])


def test_another_country_makes_nobody_sure(matcher: Matcher) -> None:
    [best, *_] = matcher.match("Microsoft", "party", "FRA")
    assert (best.thing.id, best.is_match) == ("actor/microsoft", False)


def test_a_name_that_two_begin_with_is_a_choice(matcher: Matcher) -> None:
    found = matcher.match("American Chamber of Commerce", "party")
    assert len(found) > 1
    assert not any(each.is_match for each in found)


def test_a_website_finds_what_is_called_otherwise(matcher: Matcher) -> None:
    [best, *_] = matcher.match("Den Norske Bank", "party", "", "http://dnb.no/about")
    assert (best.thing.id, best.score) == ("actor/dnb", 95.0)


def test_a_former_name_finds_the_party_and_a_kind_is_kept_to(matcher: Matcher) -> None:
    assert [each.thing.id for each in matcher.match("Allemagne", "country", limit=1)] == [
        "http://publications.europa.eu/resource/authority/country/DEU"
    ]
    assert matcher.match("Appel de Paris", "call")[0].thing.id == "call/paris-call"


def test_a_name_may_be_anything(matcher: Matcher) -> None:
    for name in ("", " ", "\0", "(" * 1000, "漢字", "a" * 100_000, "..."):
        assert len(matcher.match(name)) <= 5


def test_most_of_the_names_of_parties_find_themselves(matcher: Matcher) -> None:
    """A tenth of the parties, each by its name in capitals without what is in brackets."""
    known = [thing for thing in matcher.things if thing.kind == "party"][::10]
    names = [thing.name.partition(" (")[0].upper() for thing in known]
    best = [matcher.match(name, "party", limit=1) for name in names]
    right = sum(
        bool(found) and found[0].thing == thing for thing, found in zip(known, best, strict=True)
    )
    assert right / len(known) >= 0.97


def test_a_list_gets_its_candidates_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(
        "id;name;country\n1;Microsoft Corp.;USA\n2;Nobody At All Ltd;\n", encoding="utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(match_list(path, COLUMNS, 1))))
    assert [(row["id"], row["match_iri"], row["match"]) for row in rows] == [
        ("1", "https://w3id.org/mscall/actor/microsoft", "true"),
        ("2", rows[1]["match_iri"], rows[1]["match"]),
    ]
    assert rows[1]["match"] != "true"
    assert match_list(path, COLUMNS, is_sure=True).count("\n") == 3


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        (".txt", lambda path: path.write_text("Name\tCountry\nABB\tSWE\n", encoding="utf-16")),
        (".csv", lambda path: path.write_text("sep=;\nName;Country\nABB;SWE\n", encoding="utf-8")),
        (".xlsx", lambda path: write_workbook(path, (("Name", "Country"), ("ABB", "SWE")))),
        (".ods", lambda path: write_open_document(path, (("Name", "Country"), ("ABB", "SWE")))),
    ],
)
def test_a_list_may_be_what_init_reads(
    tmp_path: Path, suffix: str, write: Callable[[Path], object]
) -> None:
    path = tmp_path / f"members{suffix}"
    write(path)
    [row] = csv.DictReader(io.StringIO(match_list(path, ("Name", "Country", "Website"), 1)))
    assert list(row.values())[:3] == ["ABB", "SWE", "https://w3id.org/mscall/actor/abb"]


@pytest.mark.parametrize(
    ("content", "told", "exit_code"),
    [
        (b"title\nx\n", ":1: there is no column 'name'. Name it with --name.", 2),
        (
            b"name,country\nx\n",
            ":2: 1 cells, and the header has 2. Check the separators and quotes.",
            3,
        ),
        (b"name\n\xff\n", ":2: not UTF-8. Save the list as CSV in UTF-8.", 3),
        (b'name\n"x\n', ":2: not CSV: unexpected end of data. Check the quotes.", 3),
        (b"", "it is empty.", 3),
        (None, "list.csv: No such file or directory.", 3),
    ],
)
def test_what_is_no_list_is_told_in_a_line(
    tmp_path: Path, content: bytes | None, told: str, exit_code: int
) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PariscallError) as raised:
        match_list(path, COLUMNS)
    assert str(raised.value).endswith(told)
    assert raised.value.exit_code == exit_code
