"""The figures of one run: printed as they come, and kept as JSON for the page and the picture."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from measure import Command, Usage, in_turns

OURS = "pariscall"
_NONE: Mapping[str, Command] = MappingProxyType({})


@dataclass(frozen=True)
class Work:
    """What is done, with how many signatories, how often, and what is to be said of it."""

    name: str
    signatories: int
    rounds: int = 3
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """What one program took for a work: medians of its rounds."""

    work: Work
    program: str
    usage: Usage


class Figures:
    """All figures of a run, in order."""

    def __init__(self) -> None:
        self._rows: list[Figure] = []
        print(f"{'work':40}{'signatories':>12} {'program':16}{'CPU s':>8}{'s':>8}{'MB':>7}")

    def measure(self, work: Work, ours: Command, peers: Mapping[str, Command] = _NONE) -> None:
        """Run our command and those of peers in turns, print what they took and keep it."""
        commands = {OURS: ours, **peers}
        usages = in_turns(*commands.values(), rounds=work.rounds)
        rows = [Figure(work, *each) for each in zip(commands, usages, strict=True)]
        for row in rows:
            print(_line(row, rows[0]), flush=True)
        self._rows += rows

    def write(self, path: Path) -> None:
        """Write the figures, with the day and what the machine and the programs are."""
        content = {
            "day": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "programs": {name: version(name) for name in ("pyoxigraph", "rdflib", "pyshacl")},
            "figures": [asdict(row) for row in self._rows],
        }
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def machine() -> str:
    """Return what the machine is: its processor, cores, memory and Python."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(names)} cores of {names[0] if names else platform.machine()}, {memory:.0f} GiB, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def _line(row: Figure, ours: Figure) -> str:
    took = f"{row.usage.processor:8.2f}{row.usage.wall:8.2f}{row.usage.memory:7.0f}"
    said = row.work.note
    if row is not ours:
        said = f"{row.usage.processor / ours.usage.processor:.1f} times ours"
    return f"{row.work.name:40}{row.work.signatories:12,} {row.program:16}{took}  {said}".rstrip()
