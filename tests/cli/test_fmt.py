"""``pariscall fmt`` puts the tables of a project into their one right form, and says what it changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pariscall.cli.fmt import fmt
from pariscall.tables.csvw import METADATA, TABLES, read_schema
from pariscall.tables.dictionary import entries, to_csv, to_markdown
from support.command import EXAMPLE, run_command
from support.list_project import make_project

HARBOUR = EXAMPLE.parent / "harbour"
PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
CODES = "code,day\nDEU,2020-01-05\nFRA,2020-01-06\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    columns = (
        '{"name": "code", "suppressOutput": true}, '
        '{"name": "day", "datatype": "date", "suppressOutput": true}'
    )
    schema = f'{{"columns": [{columns}], "primaryKey": ["code"]}}'
    (tmp_path / METADATA).write_text(
        f'{{"tables": [{{"url": "codes.csv", "tableSchema": {schema}}}]}}', encoding="utf-8"
    )
    (tmp_path / "codes.csv").write_text(CODES, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(fmt, arguments)


def test_tables_in_their_right_form_are_left_alone(folder: Path) -> None:
    for arguments in ([], ["--check"]):
        found = run(str(folder), *arguments)
        assert (found.exit_code, found.stdout) == (0, "")
    assert (folder / "codes.csv").read_text(encoding="utf-8") == CODES


def test_each_change_is_said_and_made(folder: Path) -> None:
    table = folder / "codes.csv"
    table.write_text("code,day\nFRA,2020/1/6\nDEU,2020-01-05\n", encoding="utf-8")
    found = run(str(folder))
    assert found.exit_code == 0
    assert "codes.csv:2: day: '2020/1/6' -> '2020-01-06'\n" in found.stdout
    assert "codes.csv: 2 rows put in the order of their keys\n" in found.stdout
    assert found.stderr == "2 changes\n"
    assert table.read_text(encoding="utf-8") == CODES


def test_a_check_changes_nothing_and_fails(folder: Path) -> None:
    table = folder / "codes.csv"
    table.write_text("code,day\nDEU,2020/1/5\n", encoding="utf-8")
    found = run(str(folder), "--check")
    assert (found.exit_code, found.stderr) == (1, "1 change to make\n")
    assert table.read_text(encoding="utf-8") == "code,day\nDEU,2020/1/5\n"


@pytest.mark.slow
def test_the_tables_of_a_project_are_put_in_order_and_missing_ones_are_no_error(
    tmp_path: Path,
) -> None:
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    table = folder / "tables" / "parties.csv"
    good = table.read_text(encoding="utf-8")
    header, first, *rest = good.splitlines(keepends=True)
    table.write_text(header + "".join(rest) + first.replace("SVN", " svn"), encoding="utf-8")
    finished = run_command(folder, ["fmt"])
    assert finished.returncode == 0, finished.stderr
    assert "tables/parties.csv:6: country: ' svn' -> 'SVN'" in finished.stdout
    assert table.read_text(encoding="utf-8") == good
    assert not (folder / "tables" / "countries.csv").exists()


LIST = """\
name,country,category,kind,signed,left,source,website,alternative names
Kenya , Kenya,State,,2026/3/1,,,,
Port  of Koper,si,Private-Sector,Company,2026-03,2026-03-05 / 2026-06-01,a; b,https://koper.example/,Luka;Luka ; Port
Alpha Lines,Atlantis,shipping,,03/04/2026,,,,
Alpha Lines,Atlantis,shipping,,03/04/2026,,,,
"""
RIGHT = """\
name,country,category,kind,signed,left,source,website,alternative names
Alpha Lines,Atlantis,shipping,,03/04/2026,,,,
Kenya,KEN,state,,2026-03-01,,,,
Port of Koper,SVN,private-sector,company,2026-03,2026-03-05/2026-06-01,a;b,https://koper.example/,Luka;Port
"""


@pytest.mark.slow
def test_a_list_of_signatories_gets_its_right_form_and_what_has_none_stays(tmp_path: Path) -> None:
    make_project(tmp_path, signatories=LIST)
    table = tmp_path / "signatories.csv"
    checked = run_command(tmp_path, ["fmt", "--check"])
    assert checked.returncode == 1
    assert table.read_text(encoding="utf-8") == LIST
    found = run_command(tmp_path, ["fmt"])
    assert found.returncode == 0
    assert found.stdout == checked.stdout
    for change in (
        "signatories.csv:2: name: 'Kenya ' -> 'Kenya'\n",
        "signatories.csv:2: country: ' Kenya' -> 'KEN'\n",
        "signatories.csv:3: left: '2026-03-05 / 2026-06-01' -> '2026-03-05/2026-06-01'\n",
        "signatories.csv:5: removed, as line 4 says the same\n",
        "signatories.csv: 3 rows put in the order of their identifiers\n",
    ):
        assert change in found.stdout
    assert table.read_text(encoding="utf-8") == RIGHT
    assert run_command(tmp_path, ["fmt", "--check"]).returncode == 0


@pytest.mark.slow
def test_a_party_that_came_back_stays_in_the_order_of_its_signatures(tmp_path: Path) -> None:
    rows = ("Zeta,2026-06-01,", "Alpha,2026-03-01,2026-04-01", "Alpha,2026-05-01,")
    make_project(tmp_path, signatories="name,signed,left\n" + "".join(f"{row}\n" for row in rows))
    run_command(tmp_path, ["fmt"])
    lines = (tmp_path / "signatories.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [rows[1], rows[2], rows[0]]


@pytest.mark.slow
def test_a_list_with_semicolons_and_a_mark_is_written_plainly(tmp_path: Path) -> None:
    make_project(tmp_path)
    table = tmp_path / "signatories.csv"
    table.write_text("name;country\nKenya;KEN\n", encoding="utf-8-sig")
    assert "written with commas, line feeds and no mark" in run_command(tmp_path, ["fmt"]).stdout
    assert table.read_bytes() == b"name,country\nKenya,KEN\n"


@pytest.mark.slow
def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    finished = run_command(tmp_path, ["fmt", "nosuch"])
    assert finished.returncode == 2
    assert finished.stderr == "Error: nosuch: there is no such folder. Name a project.\n"


# ------------------------------------------------------------------ the data dictionary


def test_the_dictionary_has_every_column_of_every_table() -> None:
    schema = read_schema(TABLES)
    columns = [(table.name, column.name) for table in schema.tables for column in table.cells]
    assert [row[:2] for row in entries(schema)] == columns
    assert to_csv(schema).count(b"\n") == len(columns) + 1


def test_the_dictionary_says_the_codes_and_the_references() -> None:
    found = {row[:2]: row for row in entries(read_schema(TABLES))}
    assert found["endorsements.csv", "category"][4].startswith("category: state, public-authority")
    assert found["parties.csv", "country"][5:] == ("countries.csv (country)", "msc:country")
    assert found["decisions.csv", "decision"][4].startswith("same-party, duplicate, ")


@pytest.mark.skipif(not PAGE.exists(), reason="the documents are in the checkout only")
def test_the_page_is_as_the_metadata_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == to_markdown(read_schema(TABLES)), "run: make tables-page"
