"""A baseline accepts what is known, for a reason and until a day, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pariscall.errors import TableError
from pariscall.validation.baseline import accept, update
from pariscall.validation.files import validate_files
from pariscall.validation.report import Report
from support.command import Run
from support.people import DATA, SHAPES
from support.tables import edit

TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 31)


def report() -> Report:
    return validate_files([Path("data.ttl")], ["shapes.ttl"])


@pytest.fixture(autouse=True)
def baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Accept what fails today."""
    monkeypatch.chdir(tmp_path)
    Path("shapes.ttl").write_text(SHAPES, encoding="utf-8")
    Path("data.ttl").write_text(DATA, encoding="utf-8")
    path = Path("baseline.csv")
    assert update(report(), path, "Known since the import.", LATER, TODAY) == 1
    return path


def faults(judged: Report) -> list[tuple[str, str]]:
    return [
        (result.rule, str(result.location)) for result in judged.failing if result.result is None
    ]


def test_what_is_accepted_no_longer_fails(baseline: Path) -> None:
    assert not report().conforms
    judged = accept(report(), baseline, TODAY)
    assert judged.conforms
    assert judged.counts() == {"Violation": 0, "Warning": 1, "Info": 1}
    [accepted] = [result for result in judged.findings if result.accepted is not None]
    assert accepted.accepted == "Known since the import."
    assert accepted.rule == "ex:Person ex:name"


def test_a_row_says_to_a_reader_what_it_accepts(baseline: Path) -> None:
    header, row = baseline.read_text(encoding="utf-8").splitlines()
    assert header == "rule,about,fingerprint,reason,expires"
    assert row.startswith("ex:Person ex:name,ex:ann ex:name,")
    assert row.endswith(",Known since the import.,2027-01-31")


def test_a_finding_keeps_its_fingerprint_when_lines_move(baseline: Path) -> None:
    moved = "# a new first line\n\n" + DATA.replace("ex:ann a", "ex:ann\n  a")
    Path("data.ttl").write_text(moved, encoding="utf-8")
    assert accept(report(), baseline, TODAY).conforms


def test_a_new_finding_fails(baseline: Path) -> None:
    edit(Path("data.ttl"), '"Nobody"', '"Nobody" , "Somebody"')
    judged = accept(report(), baseline, TODAY)
    assert [result.about[1] for result in judged.failing] == ["ex:name"]


def test_the_last_day_counts_and_the_day_after_fails(baseline: Path) -> None:
    assert accept(report(), baseline, LATER).conforms
    judged = accept(report(), baseline, date(2027, 2, 1))
    assert faults(judged) == [("baseline:expired", "baseline.csv:2:1")]
    assert len(judged.failing) == 2


def test_a_row_that_matches_nothing_fails(baseline: Path) -> None:
    edit(Path("data.ttl"), '"Ann" , "Anna"', '"Ann"')
    judged = accept(report(), baseline, TODAY)
    assert faults(judged) == [("baseline:unused", "baseline.csv:2:1")]
    assert judged.failing[0].message("fr").startswith("Plus rien ne correspond")


def test_an_expired_row_for_what_would_not_fail_fails_too(baseline: Path) -> None:
    strict = report()
    update(strict, baseline, "x", LATER, TODAY)
    edit(Path("shapes.ttl"), "sh:maxCount 1 ]", "sh:maxCount 1 ; sh:severity sh:Info ]")
    judged = accept(report(), baseline, date(2028, 1, 1))
    assert faults(judged) == [("baseline:expired", "baseline.csv:2:1")]


def test_an_update_keeps_good_rows_renews_expired_ones_and_drops_the_rest(baseline: Path) -> None:
    edit(Path("data.ttl"), '"Nobody"', '"Nobody" , "Somebody"')
    assert update(report(), baseline, "New.", date(2028, 1, 1), TODAY) == 1
    first = baseline.read_text(encoding="utf-8")
    assert first.count("Known since the import.,2027-01-31") == 1
    assert first.count("New.,2028-01-01") == 1
    assert update(report(), baseline, "Newer.", date(2029, 1, 1), date(2027, 6, 1)) == 1
    second = baseline.read_text(encoding="utf-8")
    assert second.count("Newer.,2029-01-01") == second.count("New.,2028-01-01") == 1
    edit(Path("data.ttl"), ' , "Somebody"', "")
    edit(Path("data.ttl"), ' , "Anna"', "")
    assert update(report(), baseline, "x", LATER, TODAY) == 0
    assert baseline.read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Known since the import.", "", "baseline.csv:2:67: reason is empty. Fill it in."),
        (
            "2027-01-31",
            "soon",
            "baseline.csv:2:91: expires is 'soon'. It must be a date such as 2026-03-01.",
        ),
        ("rule,about", "rule,what", "baseline.csv:1: the header must read rule,about,"),
        (",Known since the import.", "", "baseline.csv:2: 4 cells instead of 5."),
    ],
)
def test_a_baseline_that_does_not_say_why_or_until_when_is_refused(
    baseline: Path, old: str, new: str, problem: str
) -> None:
    edit(baseline, old, new)
    with pytest.raises(TableError) as error:
        accept(report(), baseline, TODAY)
    assert problem in str(error.value)


@pytest.mark.slow
def test_the_command_updates_and_applies_a_baseline(run: Run, tmp_path: Path) -> None:
    (tmp_path / "baseline.csv").unlink()
    command = ("validate", "data.ttl", "--shapes", "shapes.ttl", "--baseline", "baseline.csv")
    assert run(*command).returncode == 3
    made = run(*command, "--update-baseline", "--reason", "Known.", "--expires", "9999-12-31")
    assert made.returncode == 0
    assert made.stderr == "baseline.csv: 1 rows are new or renewed\n"
    finished = run(*command)
    assert finished.returncode == 0
    assert "    accepted: Known.\n" in finished.stdout
    assert "conforms: 0 violations, 1 warning, 1 info, 1 accepted in " in finished.stdout
