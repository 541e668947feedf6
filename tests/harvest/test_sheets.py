"""A sheet is read whole, or one line for each problem says where it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, TableError
from pariscall.harvest.lists import source, workbook
from pariscall.harvest.lists.source import read_grid
from support.sheets import HEADER, PARTIES, write_workbook


def told(path: Path, content: bytes | str) -> list[str]:
    """Return what is wrong with a file, without its name."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        problems = read_grid(str(path))[1]
    except (TableError, MisuseError) as error:
        problems = list(error.lines)
    return [problem.replace(f"{path}:", "", 1) for problem in problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_with_its_delimiter_and_encoding(
    path: Path, delimiter: str, encoding: str
) -> None:
    path.write_text(f"Nom{delimiter}Pays\r\nKoper{delimiter}Slovénie\r\n\r\n", encoding=encoding)
    grid, problems = read_grid(str(path))
    assert (grid.header, [line.cells for line in grid.lines], problems) == (
        ["Nom", "Pays"],
        [["Koper", "Slovénie"]],
        [],
    )


def test_a_workbook_is_read_with_its_dates_and_the_day_on_which_it_was_saved(
    tmp_path: Path,
) -> None:
    grid, problems = read_grid(str(write_workbook(tmp_path / "list.xlsx")))
    assert problems == []
    assert grid.header == list(HEADER)
    assert grid.lines[0].cells[3] == "2026-03-01"
    assert grid.date == "2026-03-05"


def test_the_day_in_the_name_of_a_file_is_that_of_the_list(tmp_path: Path) -> None:
    assert read_grid(str(write_workbook(tmp_path / "list-2026-04-01.xlsx")))[0].date == "2026-04-01"


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", [" it is empty."]),
        (" \n\n", [" it is empty."]),
        ("<!DOCTYPE html><p>Not found", ["1: it is a web page or XML, not a list."]),
        ('{"error": 404}', ["1: it is JSON, not a list."]),
        (b"Nom,Pays\nK\xe9nya,KEN\n", ["2: not UTF-8."]),
        (b"Nom,Pays\nA\0,KEN\n", ["2: not text: it holds a zero byte."]),
        ('Nom,Pays\n"Koper,SVN\n', ["2: not CSV:"]),
        (
            "Nom,Pays\nKoper\nGenoa,ITA,Liguria\n",
            ["2: 1 cells, and the header has 2.", "3: column C: 'Liguria' is beyond the header."],
        ),
        ("Signatories of 2026\nNom,Pays\nKoper,SVN\n", ["1: 'Signatories of 2026' is a title,"]),
        (b"\xd0\xcf\x11\xe0" + bytes(9), [" an .xls file of old."]),
        (b"PK\x03\x04 and nothing", [" not a workbook: the file is cut or damaged."]),
    ],
)
def test_a_broken_file_is_told_by_row_and_column(
    path: Path, content: bytes | str, problems: list[str]
) -> None:
    found = told(path, content)
    assert len(found) == len(problems)
    for problem, start in zip(found, problems, strict=True):
        assert problem.startswith(start)


def test_merged_cells_formulas_and_errors_of_a_workbook_are_told(tmp_path: Path) -> None:
    rows = (HEADER, *PARTIES, ("=A1&A2", "SVN", "#REF!", "", ""))
    path = write_workbook(tmp_path / "list.xlsx", rows, merged="A2:A3")
    assert [problem.removeprefix(f"{path}:") for problem in read_grid(str(path))[1]] == [
        " the cells A2:A3 are merged. Unmerge them, and fill in each cell.",
        "5: column A: a formula. Put its value in its place.",
        "5: column C: #REF! is the error of a formula. Correct it.",
    ]


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = write_workbook(tmp_path / "list.xlsx")
    several = load_workbook(path)
    for _ in range(2):
        several.create_sheet("Old").append(["Nom"])
        several["Old"].append(["Koper"])
    several.save(path)
    with pytest.raises(MisuseError, match=r"there are 2 sheets\. Choose with --sheet"):
        read_grid(str(path))
    assert read_grid(str(path), "Old")[0].header == ["Nom"]
    with pytest.raises(MisuseError, match="there is no sheet 'New'"):
        read_grid(str(path), "New")


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_more_than_can_be_borne_is_refused(path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(workbook.LARGEST_UNPACKED + 1))
    assert told(path, bomb.getvalue()) == [" it unpacks to more than 64 MB. Save the list as CSV."]


def test_a_zip_archive_of_another_kind_is_refused(path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert told(path, other.getvalue()) == [
        " not an .xlsx workbook. Save the list as .xlsx or CSV."
    ]


@pytest.mark.parametrize("entities", [0, 30])
def test_a_workbook_of_broken_or_endless_xml_is_one_line(path: Path, entities: int) -> None:
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(entities)]
    xml = f"<!DOCTYPE w [{''.join(names)}]><workbook>&e{entities - 1};</workbook>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", xml)
        archive.writestr("xl/workbook.xml", xml)
    [problem] = told(path, made.getvalue())
    assert problem.startswith(" not a workbook that openpyxl can read")


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST", 1000)
    assert told(path, b"Nom\n" + bytes(1000)) == [" it is longer than 0 MB, too long for a list."]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"nothing\.csv: No such file or directory"):
        read_grid(str(tmp_path / "nothing.csv"))
