"""A review decides on candidates: at the terminal, or on a page that needs no server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from pariscall.cli import main
from pariscall.errors import UnreadableError
from pariscall.query.reconciling.candidate_file import read_candidates, write_candidates
from pariscall.query.reconciling.candidates import REFUSALS
from pariscall.query.reconciling.decision_file import read_decisions
from pariscall.query.reconciling.review_page import write_page
from pariscall.tables.csvw import TABLES, read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.tables.writer import comment_of
from pariscall.validation.consistency import find_disagreements
from support.reconciliation import ROW, ROWS
from support.tables import keep_some_parties

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEAD = "subject_id\tobject_id\tdecision\twhy\n"


def review(folder: Path, file: Path, answers: str, *more: str) -> Result:
    options = ("--source", "ror-2026-06-23", "--tables", str(folder), "--date", "2026-12-01", *more)
    return CliRunner().invoke(main, ["reconcile", "review", str(file), *options], input=answers)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "candidates.sssom.tsv"
    path.write_text(write_candidates(ROWS), encoding="utf-8")
    return path


def rows_of(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    schema = read_schema(folder)
    return read_records(schema["mappings.sssom.tsv"]), read_records(schema[REFUSALS])


@pytest.mark.slow
def test_a_review_accepts_refuses_and_defers(folder: Path, file: Path) -> None:
    keep_some_parties(folder)
    mappings, refusals = rows_of(folder)
    head = comment_of(read_schema(folder)["mappings.sssom.tsv"])
    done = review(folder, file, 'a\nr\nAnother  \x1b"body".\na\n\nthe website\nd\n')
    assert done.exit_code == 0, done.output
    assert done.stdout == "2 accepted, 1 refused, 1 deferred\n"
    after, refused = rows_of(folder)
    new = [row for row in after if row not in mappings]
    assert [(row["subject_id"], row["object_id"], row["curation_rule_text"]) for row in new] == [
        ("actor:abb", "wd:Q1", "name and country agree"),
        ("actor:cisco", "wd:Q3", "name and the website agree"),
    ]
    assert {row["mapping_justification"] for row in new} == {"semapv:ManualMappingCuration"}
    assert {(row["confidence"], row["mapping_date"]) for row in new} == {("0.9", "2026-12-01")}
    assert [row for row in refused if row not in refusals] == [
        {
            "party": "britishamerican-business",
            "object_id": "wd:Q9",
            "reason": "Another \\u001B'body'.",
            "date": "2026-12-01",
        }
    ]
    assert comment_of(read_schema(folder)["mappings.sssom.tsv"]) == head
    assert not [each for each in find_disagreements(TableGraph(folder)) if "mapping" in str(each)]
    # What was decided is not asked again, and what was deferred is.
    again = review(folder, file, "q\n")
    assert (again.exit_code, again.stdout) == (0, "0 accepted, 0 refused, 0 deferred\n")
    assert again.stderr.count("[a]ccept") == 1
    assert "ror:03yt1ez60" in again.stderr


@pytest.mark.slow
def test_two_parties_are_decided_in_both_directions(folder: Path, tmp_path: Path) -> None:
    keep_some_parties(folder)
    pair = {**ROW, "predicate_id": "skos:closeMatch", "object_id": "actor:cisco"}
    other = {**pair, "subject_id": "actor:cisco", "object_id": "actor:abb"}
    path = tmp_path / "pairs.tsv"
    path.write_text(write_candidates([pair, other]), encoding="utf-8")
    done = review(folder, path, "r\n\n")
    assert (done.exit_code, done.stdout) == (0, "0 accepted, 1 refused, 0 deferred\n")
    assert done.stderr.count("[a]ccept") == 1


@pytest.mark.slow
def test_what_was_decided_is_written_when_the_input_ends(folder: Path, file: Path) -> None:
    keep_some_parties(folder)
    done = review(folder, file, "a\n")
    assert (done.exit_code, done.stdout) == (0, "1 accepted, 0 refused, 0 deferred\n")
    assert "wd:Q1" in {row["object_id"] for row in rows_of(folder)[0]}


@pytest.mark.slow
def test_a_row_that_breaks_the_tables_leaves_them_as_they_were(
    folder: Path, tmp_path: Path
) -> None:
    keep_some_parties(folder)
    path = tmp_path / "edited.tsv"
    path.write_text(write_candidates([{**ROW, "subject_id": "actor:nobody"}]), encoding="utf-8")
    before = rows_of(folder)
    done = review(folder, path, "a\n")
    assert done.exit_code == 3
    assert "nobody" in done.stderr
    assert rows_of(folder) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\tb\n", ":1: this is no file of"),
        (write_candidates([{**ROW, "object_id": "lei:X"}]), "lei:X is no identifier"),
        (write_candidates([ROW]) + "x\n", "1 cells instead of 10"),
        (
            write_candidates([ROW | {"object_label": "x" * 200_000}]),
            "field larger than field limit",
        ),
        (write_candidates([{**ROW, "confidence": "much"}]), "'much' is no confidence"),
    ],
)
def test_a_file_of_another_form_is_told_by_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=re.escape(said)):
        list(read_candidates(path))


def test_a_source_that_is_not_there_is_told(file: Path) -> None:
    done = review(TABLES, file, "q\n", "--source", "ror-2026-06-24")
    assert done.exit_code == 2
    assert "ror-2026-06-23" in done.stderr


# The page


def decided(folder: Path, file: Path, text: str) -> Result:
    path = file.with_name("decisions.tsv")
    path.write_text(text, encoding="utf-8")
    return review(folder, file, "", "--apply", str(path))


@pytest.mark.slow
def test_decisions_of_a_file_are_taken_once(folder: Path, file: Path) -> None:
    keep_some_parties(folder)
    text = (
        f"{HEAD}actor:abb\twd:Q1\taccept\t\nactor:abb\twd:Q2\taccept\t\n"
        "actor:cisco\twd:Q3\taccept\tthe address\nactor:cisco\tror:03yt1ez60\tdefer\t\n"
        "actor:britishamerican-business\twd:Q9\trefuse\tAnother one.\n"
    )
    done = decided(folder, file, text)
    assert (done.exit_code, done.stdout) == (
        0,
        "2 accepted, 1 refused, 1 deferred, 1 decided before\n",
    )
    mappings, refusals = rows_of(folder)
    rules = {row["object_id"]: row["curation_rule_text"] for row in mappings}
    assert (rules["wd:Q1"], rules["wd:Q3"]) == (
        "name and country agree",
        "name and the address agree",
    )
    assert ("wd:Q9", "Another one.") in {(row["object_id"], row["reason"]) for row in refusals}
    again = decided(folder, file, text)
    assert again.stdout == "0 accepted, 0 refused, 1 deferred, 4 decided before\n"
    assert rows_of(folder) == (mappings, refusals)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\tb\n", ":1: this is no file of decisions"),
        (f"{HEAD}actor:abb\twd:Q1\taccept\n", ":2: 3 cells instead of 4."),
        (f"{HEAD}actor:abb\twd:Q1\tmaybe\t\n", ":2: 'maybe' is no decision."),
        (f"{HEAD}actor:abb\twd:Q77\taccept\t\n", ":2: actor:abb and wd:Q77 are no candidate"),
        (
            f"{HEAD}actor:abb\twd:Q1\taccept\t\nactor:cisco\twd:Q3\taccept\t \n",
            ":3: nothing is linked by name alone.",
        ),
    ],
)
def test_a_decision_that_cannot_be_taken_leaves_the_tables(
    folder: Path, file: Path, text: str, told: str
) -> None:
    before = rows_of(folder)
    done = decided(folder, file, text)
    assert done.exit_code == 3
    assert told in done.stderr
    assert rows_of(folder) == before


def test_the_file_is_read_before_anything_is_asked_for(tmp_path: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(main, ["reconcile", "review", str(tmp_path / "none.tsv")])
    assert (done.exit_code, "none.tsv: No such file" in done.stderr) == (3, True)
    path = tmp_path / "candidates.sssom.tsv"
    path.write_text(write_candidates(ROWS), encoding="utf-8")
    done = runner.invoke(main, ["reconcile", "review", str(path)])
    assert (done.exit_code, "--source" in done.stderr) == (2, True)


@pytest.mark.slow
def test_a_page_runs_nothing_that_a_candidate_says() -> None:
    bad = "</script><script>alert(1)</script>\"'"
    text = write_page([{**ROW, "object_label": bad, "comment": bad, "subject_label": bad}])
    assert text.count("<script>") == 1
    assert "alert(1)" in text
    assert "default-src 'none'" in text


@pytest.mark.slow
@pytest.mark.browser
def test_candidates_are_decided_with_the_keyboard_and_taken(
    folder: Path, file: Path, browser: Browser
) -> None:
    keep_some_parties(folder)
    page_file = file.with_name("review.html")
    done = review(folder, file, "", "--html", str(page_file))
    assert done.stdout == f"5 candidates, written to {page_file}\n"
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(page_file.as_uri())
    first = page.locator("article").first
    assert "Sweden" in first.inner_text()  # of the party and of the candidate
    press = page.keyboard.press
    press("a")  # ABB
    press("d")
    press("k")
    press("j")
    press("r")  # BritishAmerican Business
    press("a")  # Cisco: what agrees besides the name?
    page.keyboard.type("the address")
    press("Enter")
    page.get_by_role("radio", name="defer").last.check()
    assert "2 accepted, 1 refused, 2 deferred, 0 left" in page.locator("#counts").inner_text()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Save decisions").click()
    assert downloaded.value.suggested_filename == "decisions.tsv"
    text = Path(downloaded.value.path()).read_text(encoding="utf-8")
    assert [each.decision for each in read_decisions(Path(downloaded.value.path()))] == [
        *("accept", "defer", "refuse", "accept", "defer")
    ]
    page.close()
    assert problems == []
    assert (
        decided(folder, file, text).stdout
        == "2 accepted, 1 refused, 1 deferred, 1 decided before\n"
    )


@pytest.mark.slow
@pytest.mark.browser
def test_a_name_alone_is_not_saved_as_accepted(file: Path, browser: Browser) -> None:
    page_file = file.with_name("review.html")
    page_file.write_text(write_page(ROWS[4:5]), encoding="utf-8")
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.get_by_role("radio", name="accept").check()
    page.get_by_role("button", name="Save decisions").click()
    assert "nothing is linked by name alone" in page.locator("#counts").inner_text()
    assert page.get_by_label("What agrees besides the name").is_visible()
    page.close()
