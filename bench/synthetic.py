"""Make a registry of many times the size: every signatory again and again, under new names."""

from __future__ import annotations

import shutil
from pathlib import Path

from pariscall import bundle, tables
from pariscall.harvest.decisions import ANY
from pariscall.schema import Table, read_schema

_MULTIPLIED = (
    *("parties.csv", "endorsements.csv", "events.csv", "entries.csv", "ledger.csv"),
    *("supports.csv", "decisions.csv"),
)


def multiply(folder: Path, times: int) -> None:
    """Write the bundled tables to a folder, with so many times the signatories."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(bundle.TABLES, folder)
    source, target = read_schema(bundle.TABLES), read_schema(folder)
    signatories = {row["party"] for row in tables.read_records(source["endorsements.csv"])}
    for name in _MULTIPLIED:
        records = tables.read_records(source[name])
        copies = [
            _copied(record, copy)
            for copy in range(1, times)
            for record in records
            if record.get("party", ANY) in {ANY, *signatories}
        ]
        _write(target[name], records + copies)
    datasets = tables.read_records(source["datasets.csv"])
    grown = [record | {"records": str(int(record["records"]) * times)} for record in datasets]
    _write(target["datasets.csv"], grown)


def _copied(record: dict[str, str], copy: int) -> dict[str, str]:
    changed = {}
    if "party" in record:
        changed["party"] = f"{record['party']}-copy{copy}"
    if "file" in record:
        changed["file"] = f"copy{copy}-{record['file']}"
    return record | changed


def _write(table: Table, records: list[dict[str, str]]) -> None:
    with table.path.open("w", encoding="utf-8", newline="") as file:
        tables.write(table, file, records)
