"""Tables are read, checked and written as their CSVW metadata say."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.errors import TableError
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records
from pariscall.tables.writer import write_table
from support.tables import edit


def problems(folder: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        check_tables(read_schema(folder))
    return [line.replace(f"{folder}/", "") for line in str(caught.value).split("\n")]


def test_the_bundled_tables_are_sound() -> None:
    counts = check_tables(read_schema(bundle.TABLES))
    assert counts["endorsements.csv"] > counts["entries.csv"] > 1222


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        (
            "endorsements.csv",
            "abb,paris-call,1,active,private-sector,2018-11-12",
            "abb,paris-call,1,active,private-sector,10/11/2019",
            "endorsements.csv:4:40: since is '10/11/2019'. It must be a date such as 2026-03-01.",
        ),
        (
            "endorsements.csv",
            "abb,paris-call,1,active,private-sector,2018-11-12",
            "abb,paris-call,1,active,private-sector,2018/11/12",
            (
                "endorsements.csv:4:40: since is '2018/11/12'. It must be a date such as "
                "2026-03-01. Did you mean '2018-11-12'?"
            ),
        ),
        (
            "decisions.csv",
            "\nduplicate,",
            "\nduplicat,",
            (
                "decisions.csv:4:1: decision is 'duplicat'. It must be same-party, duplicate, "
                "succession, misfiled, not-a-party, not-a-registry-state or bulk-date. Did you mean "
                "'duplicate'?"
            ),
        ),
        (
            "endorsements.csv",
            "abb,paris-call,1,active",
            "abb,paris-call,1,",
            "endorsements.csv:4:18: status is empty. Fill it in.",
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE",
            "ABB,ABB,,,company,SWE",
            "parties.csv:3:1: party is 'ABB'. It must be of a-z, 0-9 and single hyphens. Did you mean 'abb'?",
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE",
            "abb,ABB,,,company,XXX",
            (
                "parties.csv:3:19: country is 'XXX', which countries.csv does not have. "
                "Add it there or correct it here."
            ),
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE",
            "aapti-institute,ABB,,,company,SWE",
            "parties.csv:3: the key aapti-institute is there twice. Remove one of the two rows.",
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE",
            "a,ABB,,,company,SWE",
            "parties.csv:3: the key a is out of order. Sort the table by its key.",
        ),
        (
            "parties.csv",
            "abb,ABB,",
            "abb,AB\x07B,",
            "parties.csv:3:5: name holds a control character. Remove it.",
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE,,",
            "abb,ABB,,,company,SWE,,http://a b",
            "parties.csv:3:24: website is 'http://a b'. It must be a valid anyURI.",
        ),
        (
            "parties.csv",
            "abb,ABB,,,company,SWE,,",
            "abb,ABB,,,company,SWE,",
            "parties.csv:3: 7 cells instead of 8. Check the commas and quotes.",
        ),
        (
            "counts.csv",
            ",51,",
            ",-51,",
            "counts.csv:15:50: value is '-51'. It must be a whole number of 0 or more.",
        ),
        (
            "parties.csv",
            "party,name",
            "name,party",
            (
                "parties.csv:1: the header must read "
                "party,name,name_en,name_fr,nature,country,member_of,website."
            ),
        ),
        (
            "parties.csv",
            "abb,ABB,",
            'abb,"ABB,',
            "parties.csv:3: not CSV: ',' expected after '\"'.",
        ),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_remedy(
    folder: Path, table: str, old: str, new: str, problem: str
) -> None:
    edit(folder / table, old, new)
    assert problem in problems(folder)


@pytest.mark.slow
def test_a_reference_is_compared_with_the_keys_that_there_are(folder: Path) -> None:
    edit(folder / "supports.csv", "\nabb,paris-call,1,", "\nabb,paris-cal,1,")
    [found] = problems(folder)
    assert found.startswith("supports.csv:")
    assert "party,call,n is 'abb,paris-cal,1', which endorsements.csv does not have." in found
    assert found.endswith("Did you mean 'abb,paris-call,1'?")
    edit(folder / "calls.csv", ",paris-call,", ",paris-col,")
    named = next(problem for problem in problems(folder) if problem.startswith("calls.csv"))
    assert named.endswith(
        "registry is 'paris-col', which registries.csv does not have. It has paris-call. "
        "Add it there or correct it here. Did you mean 'paris-call'?"
    )


def test_all_faults_of_all_tables_are_reported_together(folder: Path) -> None:
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,")
    edit(folder / "events.csv", "2018-11-12", "2018-13-12")
    edit(folder / "parties.csv", "SWE", "XXX")
    assert len(problems(folder)) == 3


def test_an_unreadable_table_is_reported_alone(folder: Path) -> None:
    edit(folder / "parties.csv", "abb,ABB,", 'abb,"ABB,')
    assert len(problems(folder)) == 1


@pytest.mark.slow
def test_many_faults_are_cut_short(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2018-11-12", "2018"), encoding="utf-8"
    )
    assert len(problems(folder)) == 21
    assert problems(folder)[-1].endswith("more problems")


@pytest.mark.slow
def test_a_line_number_counts_the_lines_inside_cells(folder: Path) -> None:
    edit(folder / "parties.csv", "abb,ABB,", 'abb,"A\nB\nB",')
    edit(folder / "parties.csv", "abelia,Abelia,,,trade-association,NOR", "abelia,Abelia,,,?,NOR")
    assert problems(folder)[1].startswith("parties.csv:6:17: nature is '?'")


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "parties.csv").unlink()
    assert "parties.csv: No such file or directory." in problems(folder)


def test_a_table_in_another_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "parties.csv"
    path.write_bytes(path.read_bytes().replace(b"abb,ABB", b"abb,\xc9BB"))
    assert "parties.csv:3: not UTF-8. Save the file as UTF-8." in problems(folder)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "csv-metadata.json:1: not JSON"),
        ("{}", "not the metadata of a table group: 'tables' is missing"),
        ("[]", "not the metadata of a table group"),
    ],
)
def test_broken_metadata_are_refused(folder: Path, content: str, problem: str) -> None:
    (folder / "csv-metadata.json").write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=problem):
        read_schema(folder)


def test_a_folder_without_metadata_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"csv-metadata\.json: No such file or directory"):
        read_schema(tmp_path)


@pytest.mark.slow
def test_writing_what_was_read_changes_no_byte() -> None:
    for table in read_schema(bundle.TABLES).tables:
        text = io.StringIO()
        write_table(table, text, reversed(read_records(table)))
        assert text.getvalue() == table.path.read_text(encoding="utf-8")


def test_numbers_in_keys_order_as_numbers(tmp_path: Path) -> None:
    shutil.copytree(bundle.TABLES, tmp_path, dirs_exist_ok=True)
    table = read_schema(tmp_path)["principles.csv"]
    records = [
        record | {"principle": number}
        for record, number in zip(read_records(table), ("10", "9", "1"), strict=False)
    ]
    text = io.StringIO()
    write_table(table, text, records)
    assert [line.split(",")[1] for line in text.getvalue().split("\n")[1:4]] == ["1", "9", "10"]


def test_the_metadata_name_only_tables_that_are_there() -> None:
    metadata = json.loads((bundle.TABLES / "csv-metadata.json").read_text(encoding="utf-8"))
    named = {table["url"] for table in metadata["tables"]}
    assert named == {path.name for path in bundle.TABLES.glob("*.?sv")}
