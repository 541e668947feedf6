"""A list of signatories: what its cells may say, and which line is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.errors import TableError
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_rows
from pariscall.tables.signatories import ListReader, Signatory, country_codes, read_list


@pytest.fixture(scope="module")
def countries() -> dict[str, str]:
    return country_codes(read_rows(read_schema(bundle.TABLES)["countries.csv"]))


def read(
    path: Path, text: str, countries: dict[str, str] | None = None
) -> tuple[list[Signatory], list[str]]:
    path.write_text(text, encoding="utf-8")
    reader = ListReader(countries or {}, "list")
    found = reader.read(read_list(path)[1])
    return found, [problem.partition(f"{path.name}:")[2] for problem in reader.problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "signatories.csv"


def test_a_name_is_enough(path: Path) -> None:
    [found], problems = read(path, "name\nPort of Koper\n")
    assert problems == []
    assert (found.party, found.n, found.signed, found.sources) == (
        "port-of-koper",
        1,
        None,
        ("list",),
    )


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_columns_may_come_in_any_order_with_any_delimiter(path: Path, delimiter: str) -> None:
    text = "\ufeffsigned,name\n2026-03,Port of Koper\n".replace(",", delimiter)
    [found], problems = read(path, text)
    assert (found["name"], found.signed, problems) == (
        "Port of Koper",
        ("2026-03-01", "2026-03-31"),
        [],
    )


@pytest.mark.parametrize(
    "written", ["SVN", "SI", "Slovenia", "Slovénie", "slovenia", "UK", "Royaume-Uni", "EL", "EU"]
)
def test_a_country_is_known_by_its_codes_and_names(
    path: Path, countries: dict[str, str], written: str
) -> None:
    [found], problems = read(path, f"name,country\nPort,{written}\n", countries)
    assert problems == []
    assert found.country in {"SVN", "GBR", "GRC", "EUR"}


def test_a_party_that_left_may_come_back_in_a_second_row(path: Path) -> None:
    text = "name,left\nPort,2026-03\nPort,\n"
    assert [(found.party, found.n) for found in read(path, text)[0]] == [("port", 1), ("port", 2)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,signed\nA,\nPort,1.3.2026\n", "3: signed is '1.3.2026', which is no date."),
        ("name,left\nPort,soon\n", "2: left is 'soon', which is no date."),
        ("name\nPort\nPort\n", "3: 'Port' is in line 2 too."),
        ("name\nPort\nPORT!\n", "3: the identifier 'port' is that of line 2 too."),
        ("name\n日本\n", "2: no identifier can be made from '日本'."),
        ("id,name\nA b,Port\n", "2: the id 'A b' must be of a-z, 0-9 and single hyphens."),
        ("id,name\na,\n", "2: the name is empty."),
        (
            "name,country\nPort,Sloveni\n",
            "2: the country 'Sloveni' is not known. Write its code. Did you mean SVN?",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line(
    path: Path, countries: dict[str, str], text: str, problem: str
) -> None:
    [told] = read(path, text, countries)[1]
    assert told.startswith(problem)


def test_no_country_is_proposed_for_a_name_of_another_language(
    path: Path, countries: dict[str, str]
) -> None:
    assert read(path, "name,country\nPort,Deutschland\n", countries)[1] == [
        "2: the country 'Deutschland' is not known. Write its code."
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,contry\nPort,\n", "1: there is no column 'contry'."),
        ("country\nSVN\n", "1: the column 'name' is missing."),
        ("name,name\nPort,Port\n", "1: the column 'name' is there twice."),
        ("name,country\nPort\n", "2: 1 cells instead of 2."),
        ('name\n"Port\n', "2: not CSV:"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_by_line(path: Path, text: str, problem: str) -> None:
    with pytest.raises(TableError) as error:
        read(path, text)
    assert f"signatories.csv:{problem}" in str(error.value)
