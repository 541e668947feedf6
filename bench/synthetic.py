"""Make a registry of many times the size: signatories again and again, under new names.

Those of whom only the registry speaks: what others claim of a party cannot support its copies.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pariscall import bundle
from pariscall.tables.csvw import Schema, Table, read_schema
from pariscall.tables.rows import read_records
from pariscall.tables.writer import write_table

_MULTIPLIED = (
    *("parties.csv", "endorsements.csv", "events.csv", "entries.csv", "identifiers.csv"),
    "decisions.csv",
)


def multiply(folder: Path, times: int) -> int:
    """Write the bundled tables to a folder, with so many times the signatories; give their number."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(bundle.TABLES, folder)
    source, target = read_schema(bundle.TABLES), read_schema(folder)
    files = {record["file"]: record["party"] for record in read_records(source["identifiers.csv"])}
    multiplied = _multiplied(source)
    for name in _MULTIPLIED:
        records = read_records(source[name])
        copies = [
            _copied(record, copy)
            for copy in range(1, times)
            for record in records
            if (record.get("party") or files.get(record["file"])) in multiplied
        ]
        _write(target[name], records + copies)
    _count(target)
    return len({record["party"] for record in read_records(target["endorsements.csv"])})


def _multiplied(source: Schema) -> set[str]:
    """Choose the parties of which nothing is said beyond their entries."""
    corrected = {record["file"] for record in read_records(source["corrections.csv"])}
    supported = {record["party"] for record in read_records(source["supports.csv"])}
    return {
        record["party"]
        for record in read_records(source["entries.csv"])
        if record["party"] not in supported and record["file"] not in corrected
    }


def _count(target: Schema) -> None:
    """Say in the description of the dataset how many entries there are now."""
    [dataset] = read_records(target["datasets.csv"])
    entries = read_records(target["entries.csv"])
    number = sum(entry["source"] == dataset["source"] for entry in entries)
    _write(target["datasets.csv"], [dataset | {"records": str(number)}])


def _copied(record: dict[str, str], copy: int) -> dict[str, str]:
    changed = {}
    if "party" in record:
        changed["party"] = f"{record['party']}-copy{copy}"
    if "file" in record:
        changed["file"] = f"copy{copy}-{record['file']}"
    return record | changed


def _write(table: Table, records: list[dict[str, str]]) -> None:
    with table.path.open("w", encoding="utf-8", newline="") as file:
        write_table(table, file, records)
