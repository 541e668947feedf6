"""A sheet is read whole, or one line for each problem says where it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, TableError
from pariscall.harvest.lists import archive, source
from pariscall.harvest.lists.source import read_grid
from support.sheets import HEADER, PARTIES, write_open_document, write_workbook


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


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_that_names_the_separator_is_none_of_the_list(path: Path, line: str) -> None:
    path.write_text(f"{line}\r\nName;Country\r\nKoper, Port of;SVN\r\n", encoding="utf-8-sig")
    grid, problems = read_grid(str(path))
    assert (grid.header, problems) == (["Name", "Country"], [])
    assert [(row.number, row.cells) for row in grid.lines] == [(3, ["Koper, Port of", "SVN"])]
    assert told(path, f"{line}\nName;Country\nKoper\n") == [
        "3: 1 cells, and the header has 2. Check the separators and quotes."
    ]


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
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", bytes(archive.LARGEST_UNPACKED + 1))
    assert told(path, bomb.getvalue()) == [" it unpacks to more than 64 MB. Save the list as CSV."]


def test_a_zip_archive_of_another_kind_is_refused(path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert told(path, other.getvalue()) == [
        " not an .xlsx or .ods file. Save the list as one of these or as CSV."
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


def test_a_sheet_of_open_document_is_read_as_the_same_workbook_is(tmp_path: Path) -> None:
    grid, problems = read_grid(str(write_open_document(tmp_path / "list.ods")))
    same = read_grid(str(write_workbook(tmp_path / "list.xlsx")))[0]
    assert problems == []
    assert [line.cells for line in grid.rows] == [line.cells for line in same.rows]
    assert (grid.date, len(grid.rows)) == ("2026-03-05", 4)


def test_what_a_cell_of_open_document_holds_is_its_value(tmp_path: Path) -> None:
    cells = (
        '<t:table-cell o:value-type="string"><x:p>Port<x:s x:c="2"/>of <x:span>Koper</x:span></x:p>'
        "<o:annotation><x:p>a note</x:p></o:annotation></t:table-cell>"
        '<t:table-cell o:value-type="float" o:value="2026.0"><x:p>2 026,00</x:p></t:table-cell>'
        '<t:table-cell t:number-columns-repeated="2"/>'
        '<t:table-cell o:value-type="date" o:date-value="2026-03-01T00:00:00"><x:p>1.3.</x:p></t:table-cell>'
    )
    header = ("Name", "Year", "A", "B", "Signed")
    rows = (header, f"<t:table-row>{cells}</t:table-row>")
    grid, problems = read_grid(str(write_open_document(tmp_path / "list.ods", rows)))
    assert problems == []
    assert grid.lines[0].cells == ["Port  of Koper", "2026", "", "", "2026-03-01"]


def test_merged_cells_formulas_and_errors_of_open_document_are_told(tmp_path: Path) -> None:
    merged = (
        '<t:table-row><t:table-cell t:number-rows-spanned="2"><x:p>Koper</x:p></t:table-cell></t:table-row>'
        '<t:table-row t:number-rows-repeated="2"><t:covered-table-cell/></t:table-row>'
    )
    formula = '<t:table-row><t:table-cell t:formula="of:=[.A1]"><x:p>Koper</x:p></t:table-cell>'
    error = "<t:table-cell><x:p>#REF!</x:p></t:table-cell></t:table-row>"
    path = write_open_document(tmp_path / "list.ods", (("Name", "Pays"), merged, formula + error))
    assert [problem.removeprefix(f"{path}:") for problem in read_grid(str(path))[1]][:3] == [
        " the cells A2:A3 are merged. Unmerge them, and fill in each cell.",
        "5: column A: a formula. Put its value in its place.",
        "5: column B: #REF! is the error of a formula. Correct it.",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            '<t:table-row t:number-rows-repeated="99999999"><t:table-cell><x:p>A</x:p></t:table-cell></t:table-row>',
            " it has more cells than a list of signatories.",
        ),
        (
            '<t:table-row><t:table-cell t:number-columns-repeated="99999999"><x:p>A</x:p></t:table-cell></t:table-row>',
            "2: the row has more cells than a list.",
        ),
        (
            f"<t:table-row><t:table-cell><x:p>{'<x:span>' * 5000}A{'</x:span>' * 5000}</x:p></t:table-cell></t:table-row>",
            " a cell in it is nested too deeply. Save it as CSV.",
        ),
        ("<t:table-row>", " not a spreadsheet that can be read: its XML is broken, or it has a"),
    ],
)
def test_a_hostile_sheet_of_open_document_is_one_line(
    tmp_path: Path, row: str, problem: str
) -> None:
    path = write_open_document(tmp_path / "list.ods", (("Name",), row))
    [found] = told(path, path.read_bytes())
    assert found.startswith(problem)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_endless_entities_of_open_document_are_one_line(path: Path, encoding: str) -> None:
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(30)]
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{"".join(names)}]><w>&e29;</w>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive_:
        archive_.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive_.writestr("content.xml", xml.encode(encoding))
    [problem] = told(path, made.getvalue())
    assert problem.startswith(" not a spreadsheet that can be read")


def test_one_of_several_sheets_of_open_document_must_be_named(tmp_path: Path) -> None:
    path = write_open_document(tmp_path / "list.ods", sheets=("Now", "Old"))
    with pytest.raises(MisuseError, match=r"there are 2 sheets\. Choose with --sheet"):
        read_grid(str(path))
    assert read_grid(str(path), "Old")[0].header == list(HEADER)
    with pytest.raises(MisuseError, match="there is no sheet 'New'"):
        read_grid(str(path), "New")


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST", 1000)
    assert told(path, b"Nom\n" + bytes(1000)) == [" it is longer than 0 MB, too long for a list."]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"nothing\.csv: No such file or directory"):
        read_grid(str(tmp_path / "nothing.csv"))
