"""Copies of the bundled tables, cut down or edited for a test."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pariscall import bundle

DELISTED = ("maldon-wat", "university-of-lima")
SUPERSEDED, SUCCESSOR = "eastwest-institute", "observer-research-foundation-america-orf-america"


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must stand in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def keep_some_parties(folder: Path, *more: str) -> None:
    """Cut the tables down to the parties that others refer to, and a few more; all still agrees."""
    some = {"abb", "france", "european-union", "united-states", "britishamerican-business"}
    some |= {"cisco", "facebook", "google", "icann", "microsoft", "russia", "china", "siemens"}
    some |= {"samsung-electronics", "the-internet-society-isoc", "austria", *more}
    for name, at in (
        *((name, 0) for name in ("parties", "endorsements", "events", "entries", "supports")),
        *(("identifiers", 1), ("claims", 2), ("attributes", 3)),
        *(("mapping_refusals", 0), ("mapping_sample", 0)),
    ):
        path = folder / f"{name}.csv"
        header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        kept = [line for line in lines if line.split(",")[at].removeprefix("actor/") in some]
        path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    for name in ("participations", "activities"):  # some of which name a party that is none of ours
        path = folder / f"{name}.csv"
        rows = [row for row in read_records(path) if row["party"] in {"", *some}]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    countries = {row["country"] for row in read_records(folder / "parties.csv")} - {""}
    for name, prefix, subjects in (
        ("mappings", "actor:", some),
        ("country_mappings", "country:", countries),
    ):
        path = folder / f"{name}.sssom.tsv"
        lines = path.read_text(encoding="utf-8").split("\n")
        kept = [line for line in lines if line.split("\t")[0].removeprefix(prefix) in subjects]
        head = [line for line in lines if line.startswith(("#", "subject_id"))]
        path.write_text("\n".join([*head, *kept]) + "\n", encoding="utf-8")
    path = folder / "memberships.csv"
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    first = {line.split(",")[0]: line for line in reversed(lines)}  # none is without a member
    kept = [line for line in lines if line.split(",")[1] in countries or line in first.values()]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    identifiers = (folder / "identifiers.csv").read_text(encoding="utf-8")
    decisions = folder / "decisions.csv"
    header, *lines = decisions.read_text(encoding="utf-8").rstrip("\n").split("\n")
    kept = [
        line
        for line in lines
        if line.split(",")[2] in {"*", *identifiers.replace(",", "\n").split()}
    ]
    decisions.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    [dataset] = read_records(folder / "datasets.csv")
    entries = read_records(folder / "entries.csv")
    listed = sum(entry["source"] == dataset["source"] for entry in entries)
    edit(folder / "datasets.csv", ",1222,", f",{listed},")


def keep_used_sources(folder: Path) -> None:
    """Leave out the sources that no table names, which are half of the triples of small tables."""
    path = folder / "sources.csv"
    named: set[str] = set()
    for other in {*folder.glob("*.csv"), *folder.glob("*.tsv")} - {path}:
        named.update(re.split(r"[^\w./-]+", other.read_text(encoding="utf-8")))
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    kept = [line for line in lines if line.split(",")[0] in named]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")


def parties() -> list[str]:
    """Name the parties of the bundled tables."""
    return [row["party"] for row in read_records(bundle.TABLES / "parties.csv")]


def read_records(path: Path) -> list[dict[str, str]]:
    """Read a CSV file, a dictionary a row."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_rows(path: Path, *lines: str) -> None:
    """Add lines to a CSV file, in order."""
    header, *old = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([header, *sorted([*old, *lines])]) + "\n", encoding="utf-8")


def add_pledge(folder: Path) -> None:
    """Add a second call, which has no registry, and two of its signatories."""
    add_rows(
        folder / "calls.csv",
        "tide-pledge,Tide Pledge,Promesse,2020-02-01,,,,https://tide.example/,tide",
    )
    add_rows(
        folder / "sources.csv", "tide,Tide Pledge,Tides,news,2020-02-03,https://tide.example/1,,"
    )
    for party in ("abb", "cisco"):
        name = f"{party}-tide-pledge"
        add_rows(
            folder / "claims.csv",
            f"tide,{name},{party},tide-pledge,affirms,2020-02-02,,2020-02-03,,,,high,accepted,,",
        )
        add_rows(
            folder / "endorsements.csv",
            f"{party},tide-pledge,1,active,private-sector,2020-02-02,reported,,,",
        )
        add_rows(
            folder / "events.csv",
            f"{party},tide-pledge,1,signature,signature,2020-02-02,,,reported,tide,,,,,,",
        )
        add_rows(folder / "supports.csv", f"{party},tide-pledge,1,tide,{name},reported")


def break_near_and_far(folder: Path) -> None:
    """Break a quarter of the tables in itself, and in what parties say of parties far from them."""
    keep_some_parties(folder, SUPERSEDED, SUCCESSOR, *parties()[::4])
    break_rows(folder)


def break_rows(folder: Path) -> None:
    """Break tables in themselves, and in what parties say of parties far from them."""
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    edit(folder / "claims.csv", "intends", "means")
    path = folder / "endorsements.csv"
    records = read_records(path)
    for record in records[5::40]:
        record["superseded_by"] = "eastwest-institute"
    for record in records[9::90]:
        record["until"], record["until_basis"] = "2001-01-01", record["since_basis"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
