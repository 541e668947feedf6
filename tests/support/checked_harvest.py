"""A harvest whose tables are checked as an export does, with decisions and corrections of a test."""

from __future__ import annotations

from pathlib import Path

from pariscall.harvest.registry import harvest_registry
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.validation.gate import examine
from support.registry import NOBODY, Registry

FILE = "nobody-undefined-.md"
EMPTY_FIELDS = NOBODY.replace("category:", "category: civil-society").replace(
    "nationality:", "nationality: FRA"
)


def decide(target: Path, *rows: str) -> None:
    path = target / "decisions.csv"
    path.write_text(
        "\n".join([path.read_text(encoding="utf-8").rstrip("\n"), *sorted(rows)]) + "\n",
        encoding="utf-8",
    )


def correct(target: Path, *rows: str) -> None:
    path = target / "corrections.csv"
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([header, *sorted([*lines, *rows])]) + "\n", encoding="utf-8")


def harvest(registry: Registry, target: Path) -> None:
    """Harvest, and check what comes out as an export does."""
    harvest_registry(registry.folder, target)
    check_tables(read_schema(target))
    examine(TableGraph(target)).raise_if_failing()


def of_nobody(target: Path) -> list[tuple[str, str]]:
    """Give the type and the day of each event of one party, by day."""
    rows = read_records(read_schema(target)["events.csv"])
    return sorted(
        ((row["type"], row["date"] or row["latest"]) for row in rows if row["party"] == "nobody"),
        key=lambda event: (event[1], event[0]),
    )
