"""``pariscall update``: another cell in a newer list is an event, or the keeper says what holds."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from support.charter import FIRST, HEADER, Update, rows
from support.command import Finished, run_command
from support.sheets import write_csv
from support.tables import edit

pytestmark = pytest.mark.slow


def test_another_category_or_country_is_an_event_with_the_list_as_evidence(
    update: Update, charter: Path
) -> None:
    newer = [row.replace("Kenya,KEN,State", "Kenya,KEN,Company") for row in FIRST]
    finished = update(*(row.replace("Delta Docks,DEU", "Delta Docks,Austria") for row in newer))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == (
        "changed  Kenya  category: state -> private-sector\n"
        "changed  Delta Docks  country: DEU -> AUT\n"
        "7 signatories before: 2 changed; events.csv, signatories.csv, sources.csv\n"
    )
    with (charter / "events.csv").open(encoding="utf-8", newline="") as file:
        events = {row["event"]: row for row in csv.DictReader(file)}
    moved = events["reclassification-2026-06-01"]
    assert (moved["earliest"], moved["latest"], moved["evidence"]) == (
        "2026-03-05",
        "2026-06-01",
        "list-2026-06-01",
    )
    assert (moved["from_category"], moved["to_category"]) == ("state", "private-sector")
    assert events["country-change-2026-06-01"]["from_country"] == "DEU"
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    past = "ASK { ?e msc:signatory actor:kenya ; msc:category category:state }"
    assert "yes" in run_command(charter, ["query", past, "--as-of", "2026-03-05"]).stdout
    assert "no" in run_command(charter, ["query", past]).stdout


def test_a_first_category_is_an_event_and_a_first_country_none(
    charter: Path, update: Update
) -> None:
    edit(charter / "signatories.csv", "DEU", "")
    edit(charter / "signatories.csv", "JPN,private-sector", "JPN,")
    finished = update(*FIRST)
    assert "changed  Delta Docks  country: nothing -> DEU\n" in finished.stdout
    assert "changed  Omega Yard  category: nothing -> private-sector\n" in finished.stdout
    events = (charter / "events.csv").read_text(encoding="utf-8")
    assert "unknown,private-sector" in events
    assert "country-change" not in events
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout


def test_what_the_keeper_corrected_can_be_kept(update: Update, charter: Path) -> None:
    newer = [row.replace("Kenya,KEN,State", "Kenya,KEN,Company") for row in FIRST]
    assert "nothing changed" in update(*newer, options=("--keep", "Kenya=category")).stdout
    assert rows(charter / "signatories.csv")["Kenya"]["category"] == "state"
    assert not (charter / "events.csv").exists()


def with_sites(charter: Path, tmp_path: Path, site: str, signed: str, *options: str) -> Finished:
    """Update a project whose list has one website, and one day of signature, with another list."""
    table = rows(charter / "signatories.csv")
    table["Port of Koper"] |= {"website": "https://koper.example/", "signed": "2026-03-01"}
    with (charter / "signatories.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table["Port of Koper"]))
        writer.writeheader()
        writer.writerows(table.values())
    lines = [f"{row},{site},{signed}" if "Koper" in row else f"{row},," for row in FIRST]
    write_csv(tmp_path / "newer.csv", f"{HEADER},Website,Signed", *lines)
    arguments = ["update", "../newer.csv", "--date", "2026-06-01", "--yes", *options]
    return run_command(charter, arguments)


def test_another_website_must_be_accepted_or_kept(charter: Path, tmp_path: Path) -> None:
    pristine = shutil.copytree(charter, tmp_path / "pristine")
    finished = with_sites(charter, tmp_path, "https://luka.example/", "2026-03-01")
    assert finished.returncode == 2
    assert (
        "'Port of Koper': the website is 'https://koper.example/', and 'https://luka.example/' on the "
        "list. Say --accept 'Port of Koper=website' or --keep 'Port of Koper=website'."
    ) in finished.stderr
    assert "luka" not in (charter / "signatories.csv").read_text(encoding="utf-8")
    for option, expected in (("--keep", "koper"), ("--accept", "luka")):
        copy = Path(shutil.copytree(pristine, tmp_path / option))
        finished = with_sites(copy, copy.parent, "https://luka.example/", "", option, "website")
        assert finished.returncode == 0, finished.stderr
        assert expected in rows(copy / "signatories.csv")["Port of Koper"]["website"]


def test_another_day_of_signature_is_told_and_that_of_the_project_stays(
    charter: Path, tmp_path: Path
) -> None:
    pristine = shutil.copytree(charter, tmp_path / "pristine")
    finished = with_sites(charter, tmp_path, "", "2026-03-02")
    assert finished.stdout.startswith(
        "differs  Port of Koper  signed: 2026-03-01, and 2026-03-02 on the list (that of the project stays)\n"
    )
    assert rows(charter / "signatories.csv")["Port of Koper"]["signed"] == "2026-03-01"
    copy = Path(shutil.copytree(pristine, tmp_path / "less"))
    assert "differs" not in with_sites(copy, tmp_path, "", "2026-03").stdout
