"""A list is understood by the names of its columns and by what they hold, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pariscall.errors import MisuseError, TableError
from pariscall.harvest.lists.grid import Grid, Line
from pariscall.harvest.lists.reading import Choices, Reading, read_signatories

Rows = Sequence[Sequence[str]]


def read(*rows: str, choices: Choices | None = None) -> Reading:
    lines = [Line(number, row.split(";")) for number, row in enumerate(rows, 1)]
    return read_signatories(Grid("list", lines), [], choices or Choices())


def problems(*rows: str, choices: Choices | None = None) -> list[str]:
    with pytest.raises(TableError) as error:
        read(*rows, choices=choices)
    return [problem.removeprefix("list:") for problem in error.value.problems]


@pytest.mark.parametrize(
    "header",
    [
        "Name;Country;Category;Signed;Website",
        "Organisation;Pays;Secteur;Date de signature;Site web",
        "SIGNATAIRES;Nationalité;Catégorie;Signé le;URL",
    ],
)
def test_columns_are_known_by_their_names_in_english_and_french(header: str) -> None:
    [record] = read(header, "Koper;Slovénie;Entreprise;1er mars 2026;https://k.example/").records
    assert record == {
        "name": "Koper",
        "country": "SVN",
        "category": "private-sector",
        "signed": "2026-03-01",
        "website": "https://k.example/",
    }


def test_columns_are_known_by_what_they_hold() -> None:
    reading = read(
        "Who;Where;What;When;Link to",
        "Koper;SI;Company;2026-03-01;https://k.example/",
        "Kenya;KEN;State;2026-03-02;https://g.example/",
        choices=Choices(columns={"name": "Who"}),
    )
    assert dict(reading.mapped.positions) == {
        "name": 0,
        "country": 1,
        "category": 2,
        "signed": 3,
        "website": 4,
    }
    assert "name" not in reading.mapped.by_content
    assert ("Where", "country, by what it holds", "2: KEN, SVN") in list(reading.understood())


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["company", "public authority", "civil society", "state"], "category"),
        (["company", "association", "federation"], "kind"),
    ],
)
def test_a_column_called_type_is_what_it_holds(cells: list[str], column: str) -> None:
    rows = [f"Port {number};{cell}" for number, cell in enumerate(cells)]
    assert dict(read("Name;Type", *rows).mapped.positions) == {"name": 0, column: 1}


def test_a_row_of_words_that_also_name_columns_is_not_a_second_header() -> None:
    reading = read("Nom;Secteur;Nature", "Koper;Company;Company", "Genoa;Company;Association")
    assert [record["kind"] for record in reading.records] == ["company", "association"]


def test_what_is_not_understood_is_left_out_and_shown() -> None:
    reading = read("Nom;Remarks", "Koper;hello")
    assert reading.records == [{"name": "Koper"}]
    assert list(reading.understood())[-1] == ("Remarks", "left out", "")


@pytest.mark.parametrize(
    ("written", "dates", "understood"),
    [
        (["25/03/2026", "03/04/2026"], None, ["2026-03-25", "2026-04-03"]),
        (["03/25/2026", "03/04/2026"], None, ["2026-03-25", "2026-03-04"]),
        (["03/04/2026"], "day-first", ["2026-04-03"]),
        (["03/04/2026"], "month-first", ["2026-03-04"]),
        (["25.3.2026", "3-4-2026"], None, ["2026-03-25", "2026-04-03"]),
        (["2026-03-01", "2026-03", "2026/3/1"], None, ["2026-03-01", "2026-03", "2026-03-01"]),
        (["March 1st, 2026", "1er mars 2026"], None, ["2026-03-01", "2026-03-01"]),
        (["1 March 2026", "mars 2026", "Feb 2026"], None, ["2026-03-01", "2026-03", "2026-02"]),
    ],
)
def test_dates_are_understood_as_the_column_is_consistent_in(
    written: list[str], dates: str | None, understood: list[str]
) -> None:
    rows = [f"P{number};{text}" for number, text in enumerate(written)]
    records = read("Nom;Date", *rows, choices=Choices(dates=dates)).records
    assert [record["signed"] for record in records] == understood


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["03/04/2026"], ["2: column B: '03/04/2026' may be of two days."]),
        (["25/03/2026", "03/25/2026"], ["2: column B: '25/03/2026' may be", "3: column B:"]),
        (
            ["2026-03-01", "25/03/2026", "March 2026"],
            [
                "3: column B: '25/03/2026' is written otherwise than '2026-03-01'.",
                "4: column B: 'March 2026' is written otherwise than '2026-03-01'.",
            ],
        ),
        (["31/02/2026"], ["2: column B: '31/02/2026' is not a date of the calendar."]),
        (["2026-13-01"], ["2: column B: '2026-13-01' is not a date of the calendar."]),
        (["1/3/26"], ["2: column B: '1/3/26' is not a date."]),
        (["soon"], ["2: column B: 'soon' is not a date."]),
    ],
)
def test_a_date_without_one_sense_is_never_guessed(written: list[str], told: list[str]) -> None:
    rows = [f"P{number};{text}" for number, text in enumerate(written)]
    found = problems("Nom;Date", *rows)
    assert len(found) == len(told)
    assert all(problem.startswith(start) for problem, start in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("Nom;Pays", "Koper;Sloveni"), "2: column B: the country 'Sloveni' is not known."),
        (("Nom;Secteur", "Koper;Ships"), "2: column B: the category 'Ships' is not known."),
        (("Nom;Nature", "Koper;Ship"), "2: column B: the kind 'Ship' is not known."),
        (("Nom;Web", "Koper;nothing"), "2: column B: 'nothing' is not a web address."),
        (("Nom;Web", "Koper;https://x.com/k"), "2: column B: 'https://x.com/k' is an account"),
        (("Nom;Web", "Koper;k@port.example"), "2: column B: 'k@port.example' is an e-mail"),
        (("Nom;Pays", "=HYPERLINK(1);SVN"), "2: column A: '=HYPERLINK(1)' is a formula."),
        (("Nom;Pays", "A\x07;SVN"), "2: column A: 'A\\x07' holds a control character."),
        (("Nom;Pays", ";SVN"), "2: column A: there is no name."),
        (("Nom", "Koper", "KOPER"), "3: column A: 'KOPER' has the same identifier as 'Koper'"),
        (("Nom", "Koper", "Koper"), "3: column A: 'Koper' is in row 2 too."),
        (("Nom", "日本"), "2: column A: no identifier can be made from '日本'."),
        (("Nom;", "Koper;x"), "1: column B: the column has no name."),
        (("Nom;Name", "Koper;x"), "1: column B: 'Nom' and 'Name' both look like the name."),
        (("Nom;Pays", "Name;Country", "Koper;SVN"), "2: a second header."),
        (("Who;What", "Koper;x"), "1: no column has the names, among 'Who', 'What'."),
    ],
)
def test_a_cell_without_one_sense_is_told_by_row_and_column(rows: Sequence[str], told: str) -> None:
    [found] = problems(*rows)
    assert found.startswith(told)


@pytest.mark.parametrize(
    ("written", "question"),
    [
        *((name, "") for name in ("Atlantis", "Deutschland", "Österreich", "Wakanda", "Estland")),
        ("Germny", " Did you mean DEU?"),
        ("Untied Kingdom", " Did you mean GBR?"),
        ("Sloveni", " Did you mean SVN?"),
    ],
)
def test_a_country_is_proposed_for_a_typing_error_and_for_no_other_name(
    written: str, question: str
) -> None:
    assert problems("Nom;Pays", f"Koper;{written}") == [
        f"2: column B: the country {written!r} is not known. Write one that is.{question}"
    ]


def test_what_a_category_or_kind_means_can_be_said() -> None:
    choices = Choices(codes={("category", "Ships"): "private-sector", ("kind", "Ltd"): ""})
    [record] = read("Nom;Secteur;Nature", "Koper;ships;Ltd", choices=choices).records
    assert (record["category"], record["kind"]) == ("private-sector", "")


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"nom": "Nom"}, "there is no column 'nom'. Choose from id, name"),
        ({"name": "Name"}, "list: there is no column 'Name'."),
    ],
)
def test_a_choice_that_is_not_there_is_told(columns: dict[str, str], problem: str) -> None:
    with pytest.raises(MisuseError) as error:
        read("Nom", "Koper", choices=Choices(columns=columns))
    assert str(error.value).startswith(problem)
