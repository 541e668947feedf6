"""Results as tables for readers and as files of other programs, read again by these."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from pyoxigraph import Store

from pariscall.cli import main
from pariscall.errors import MisuseError
from pariscall.query.dataset import Dataset
from pariscall.query.queries import Query, answer
from pariscall.query.rows import Results
from support.command import Run
from support.html import Parsed

QUERY = Query(
    "query",
    "",
    """SELECT * { VALUES (?name ?day ?number) {
    ("=1+1|<b>*x*" "2018-11-12"^^xsd:date 1) ("Été" "1899-01-01"^^xsd:date 2) (UNDEF UNDEF UNDEF)
} }""",
)
NOTHING = Dataset(Store())


@pytest.fixture
def results() -> Results:
    return Results(QUERY, NOTHING)


def test_a_workbook_has_dates_as_dates_and_no_formulas(results: Results) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(BytesIO(results.to_file("xlsx"))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)] == [
        ["name", "day", "number"],
        ["=1+1|<b>*x*", datetime(2018, 11, 12), 1],  # noqa: DTZ001 as a workbook has it
        ["Été", "1899-01-01", 2],
        [None, None, None],
    ]
    assert sheet["A2"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C4")
    assert results.to_file("xlsx") == Results(QUERY, NOTHING).to_file("xlsx")


@pytest.mark.slow
def test_parquet_has_the_types_of_the_columns(results: Results) -> None:
    import polars as pl

    frame = pl.read_parquet(BytesIO(results.to_file("parquet")))
    assert frame.schema == {"name": pl.String, "day": pl.Date, "number": pl.Int64}
    assert frame.row(0) == ("=1+1|<b>*x*", date(2018, 11, 12), 1)


def test_another_file_is_refused(results: Results) -> None:
    with pytest.raises(MisuseError, match="xlsx or parquet"):
        results.to_file("ods")


def test_markdown_shows_what_is_there_whatever_it_holds() -> None:
    header, rule, first, *_ = answer(QUERY, NOTHING, "md").split("\n")
    assert (header, rule) == ("| name | day | number |", "| --- | --- | --- |")
    assert first == r"| =1+1\|\<b\>\*x\* | 2018-11-12 | 1 |"


def test_html_is_a_table_that_escapes() -> None:
    page = Parsed(answer(QUERY, NOTHING, "html"))
    assert [tag for tag, _ in page.elements].count("td") == 9
    assert not page.all("b")
    assert "=1+1|<b>*x*" in page.text


def test_the_shell_completes_the_names_of_questions() -> None:
    complete = ShellComplete(main, {}, "pariscall", "_PARISCALL_COMPLETE")
    items = complete.get_completions(["query"], "supporters-by-")
    assert [item.value for item in items] == ["supporters-by-category"]


@pytest.mark.slow
def test_the_command_writes_the_file_that_is_named(run: Run, tmp_path: Path) -> None:
    for name in ("states.csv", "states.xlsx", "states.parquet", "states.md"):
        finished = run("query", "states", "-o", name)
        assert (finished.returncode, finished.stdout) == (0, ""), finished.stderr
        assert (tmp_path / name).stat().st_size > 1000
    assert (tmp_path / "states.csv").read_text(encoding="utf-8").startswith("state,name")
    refused = run("query", "states", "--format", "xlsx")
    assert refused.returncode == 2
    assert "Name it with --output" in refused.stderr
