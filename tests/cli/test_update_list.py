"""``pariscall update``: who came, left or took another name in a newer list is history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.charter import FIRST, HEADER, Update, contents, rows
from support.command import run_command
from support.sheets import write_csv, write_workbook

pytestmark = pytest.mark.slow


def test_who_came_and_who_left_is_recorded_with_the_day_of_the_list(
    update: Update, charter: Path
) -> None:
    finished = update(*FIRST[:-1], "Gamma Port,KEN,Company")
    assert finished.stdout == (
        "left     Omega Yard\n"
        "came     Gamma Port\n"
        "7 signatories before: 1 came, 1 left; signatories.csv, sources.csv\n"
    )
    found = rows(charter / "signatories.csv")
    assert found["Omega Yard"]["left"] == "2026-03-05/2026-06-01"
    assert found["Omega Yard"]["source"] == "list-2026-03-05;list-2026-06-01"
    assert found["Gamma Port"]["source"] == "list-2026-06-01"
    assert rows(charter / "sources.csv")["list-2026-06-01"]["issued"] == "2026-06-01"
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    past = ["query", "ASK { actor:omega-yard msc:endorses ?call }", "--as-of"]
    assert "yes" in run_command(charter, [*past, "2026-03-05"]).stdout
    assert "no" in run_command(charter, [*past, "2026-06-01"]).stdout


def test_a_quiet_update_gives_its_summary_as_one_object(update: Update) -> None:
    rows_of_the_list = [*FIRST[:-1], "Gamma Port,KEN,Company"]
    finished = update(*rows_of_the_list, options=("--quiet", "--json"))
    assert (finished.returncode, finished.stderr) == (0, "")
    found = json.loads(finished.stdout)
    assert found.pop("seconds") > 0
    assert found == {
        "path": "../newer.csv",
        "day": "2026-06-01",
        "before": 7,
        "came": 1,
        "back": 0,
        "left": 1,
        "renamed": 0,
        "changed": 0,
        "files": ["signatories.csv", "sources.csv"],
    }
    again = update(*rows_of_the_list, options=("--json", "-v"))
    assert json.loads(again.stdout)["files"] == []
    assert " s  ../newer.csv: 7 signatories\n" in again.stderr


def test_a_party_that_comes_back_has_a_second_row(update: Update, charter: Path) -> None:
    update(*FIRST[:-1])
    finished = update(*FIRST, day="2026-07-01")
    assert finished.stdout.startswith("back     Omega Yard\n")
    text = (charter / "signatories.csv").read_text(encoding="utf-8")
    assert text.count("Omega Yard") == 2
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout


def test_a_likely_rename_must_be_decided_and_is_never_guessed(
    update: Update, charter: Path
) -> None:
    before = contents(charter)
    renamed = [row.replace("Genoa", "Genova") for row in FIRST]
    finished = update(*renamed)
    assert finished.returncode == 2
    assert "'Port of Genoa' is gone and 'Port of Genova' came: one party, or two?" in (
        finished.stderr
    )
    assert contents(charter) == before
    finished = update(*renamed, options=("--renamed", "Port of Genoa=Port of Genova"))
    assert finished.stdout.startswith("renamed  Port of Genoa -> Port of Genova\n")
    found = rows(charter / "signatories.csv")["Port of Genova"]
    assert (found["id"], found["alternative names"]) == ("port-of-genoa", "Port of Genoa")
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    query = "SELECT ?old { ?e msc:fromName ?old ; msc:evidence ?list }"
    assert "Port of Genoa" in run_command(charter, ["query", query]).stdout


def test_two_parties_with_like_names_are_two_if_that_is_said(update: Update, charter: Path) -> None:
    options = ("--distinct", "Port of Genoa=Port of Genova")
    update(*(row.replace("Genoa", "Genova") for row in FIRST), options=options)
    found = rows(charter / "signatories.csv")
    assert found["Port of Genoa"]["left"] == "2026-03-05/2026-06-01"
    assert found["Port of Genova"]["id"] == ""


def test_a_pair_that_is_not_there_is_refused(update: Update, charter: Path) -> None:
    before = contents(charter)
    finished = update(*FIRST, options=("--renamed", "Kenya=Kenia"))
    assert (finished.returncode, contents(charter)) == (2, before)
    assert "'Kenya' is not gone" in finished.stderr


def test_the_same_list_a_week_later_only_moves_the_day_of_the_list(
    update: Update, charter: Path
) -> None:
    before = contents(charter)
    for day in ("2026-03-12", "2026-03-19", "2026-03-26"):
        assert "nothing changed" in update(*FIRST, day=day).stdout
    after = contents(charter)
    assert {name for name in after if after[name] != before.get(name)} == {"sources.csv"}
    assert list(rows(charter / "sources.csv")) == ["list-2026-03-05", "list-2026-03-26"]
    assert "nothing changed" in update(*FIRST, day="2026-03-26").stdout
    update(*FIRST[:-1])
    left = rows(charter / "signatories.csv")["Omega Yard"]["left"]
    assert left == "2026-03-26/2026-06-01"


def test_a_list_that_is_not_newer_is_refused(update: Update, charter: Path) -> None:
    before = contents(charter)
    finished = update(*FIRST[:-1], day="2026-03-05")
    assert (finished.returncode, contents(charter)) == (2, before)
    assert "the list is of 2026-03-05, and the project has one of 2026-03-05." in finished.stderr


def test_the_day_of_a_workbook_is_that_of_the_list(charter: Path, tmp_path: Path) -> None:
    table = [line.split(",") for line in (HEADER, *FIRST)]
    write_workbook(tmp_path / "newer.xlsx", table)
    finished = run_command(charter, ["update", "../newer.xlsx", "--yes"])
    assert finished.stdout == "7 signatories: nothing changed\n"


def test_without_yes_nothing_is_written(charter: Path, tmp_path: Path) -> None:
    before = contents(charter)
    write_csv(tmp_path / "newer.csv", HEADER, *FIRST[:-1])
    finished = run_command(charter, ["update", "../newer.csv", "--date", "2026-06-01"])
    assert (finished.returncode, contents(charter)) == (2, before)
    assert finished.stdout == "left     Omega Yard\n"


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        (("--keep", "signed"), "there is no choice for a column 'signed'."),
        (("--accept", "Kenia=website"), "there is no signatory 'Kenia'. Did you mean 'kenya'?"),
    ],
)
def test_a_choice_for_what_is_not_there_is_misuse(
    update: Update, option: tuple[str, ...], problem: str
) -> None:
    finished = update(*FIRST, options=option)
    assert finished.returncode == 2
    assert problem in finished.stderr


def test_a_mass_withdrawal_can_be_accepted(update: Update, charter: Path) -> None:
    finished = update(*FIRST[:2], options=("--accept-loss",))
    assert "7 signatories before: 5 left" in finished.stdout
    assert sum(bool(row["left"]) for row in rows(charter / "signatories.csv").values()) == 5


def test_the_list_keeps_its_columns_order_and_delimiter(update: Update, charter: Path) -> None:
    text = "country;name;category\n" + "".join(
        "{1};{0};{2}\n".format(*row.split(",")) for row in FIRST
    ).replace("Company", "private-sector").replace("State", "state").replace("NGO", "civil-society")
    (charter / "signatories.csv").write_text(text, encoding="utf-8-sig")
    assert update(*FIRST[:-1]).returncode == 0
    content = (charter / "signatories.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcountry;name;category;left;source\nSVN;Port of Koper;")
    assert content.endswith(
        b'JPN;Omega Yard;private-sector;2026-03-05/2026-06-01;"list-2026-03-05;list-2026-06-01"\n'
    )


def test_a_list_in_the_order_of_its_identifiers_stays_in_it(update: Update, charter: Path) -> None:
    assert run_command(charter, ["fmt"]).returncode == 0
    assert update(*FIRST, "Gamma Port,KEN,Company").returncode == 0
    assert list(rows(charter / "signatories.csv"))[3] == "Gamma Port"
    assert run_command(charter, ["fmt", "--check"]).returncode == 0


def test_a_project_without_a_list_is_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "newer.csv", HEADER, *FIRST)
    finished = run_command(tmp_path, ["update", "newer.csv", "--date", "2026-06-01"])
    assert finished.returncode == 2
    assert "the project has no signatories.csv." in finished.stderr
