"""The Harbour Charter: a project that is made of a list, and updated by a newer one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from support.command import Finished, run_command
from support.sheets import write_csv

HEADER = "Name,Country,Category"
FIRST = (
    "Port of Koper,SVN,Company",
    "Port of Genoa,ITA,Company",
    "Kenya,KEN,State",
    "Alpha Lines,NLD,Company",
    "Beta Union,FRA,NGO",
    "Delta Docks,DEU,Company",
    "Omega Yard,JPN,Company",
)
ASKED = (
    *("--title", "Harbour Charter", "--base", "https://charter.example/data/", "--yes"),
    *("--launch", "2026-03-01", "--publisher", "Secretariat", "--date", "2026-03-05"),
)
Update = Callable[..., Finished]


def make_charter(folder: Path) -> None:
    """Make a folder with a new project in it, of which each test gets a copy."""
    folder.mkdir()
    write_csv(folder / "first.csv", HEADER, *FIRST)
    finished = run_command(folder, ["init", "charter", "--from", "first.csv", *ASKED])
    assert finished.returncode == 0, finished.stderr


def updating(charter: Path) -> Update:
    """Return a function that runs the command on a list of rows, which it writes beside."""

    def run(*rows: str, day: str = "2026-06-01", options: tuple[str, ...] = ()) -> Finished:
        write_csv(charter.parent / "newer.csv", HEADER, *rows)
        arguments = ["update", "../newer.csv", "--date", day, "--yes", *options]
        return run_command(charter, arguments)

    return run


def rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return {row.get("name") or row["source"]: row for row in csv.DictReader(opened)}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
