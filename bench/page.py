"""Write the page of the figures and its picture. Usage: ``python page.py FIGURES.json PAGE.md PICTURE.svg``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from figures import OURS, Figure, Work
from measure import Usage

_ABOUT = """\
# Performance

How much time and memory the command takes, beside what one would use instead. `make bench` measures whole processes, ours and
those of others in turns, prints these tables and writes `build/bench.json`; `make bench-large` adds a thousand times the signatories.
`make performance-page` writes this page from it. Seconds are those of one machine; ratios carry over to others.
"""
_READING = """\
CPU is the processor time of a command and of all processes that it starts, MB the most that one of these processes held. They are
medians of the rounds of the last column. What is larger than the Paris Call has its signatories again and again under new names.

- "Tables to N-Triples" checks the tables and does not judge them by shapes; Morph-KGC maps them from SQLite by the R2RML that
  `export` writes.
- "Export" judges and writes all formats that are written if none is named. The rdflib script writes the same formats of a graph
  that is there already, and judges nothing.
- "Validate N-Triples" judges the published graph by the published shapes; the command of pySHACL has the same data and shapes.
"""
_WIDTH, _ROW, _LEFT, _RIGHT = 780, 22, 240, 160


def main() -> None:
    """Write the page and the picture of a file of figures."""
    source, page, picture = map(Path, sys.argv[1:])
    content = json.loads(source.read_text("utf-8"))
    page.write_text(to_markdown(content), encoding="utf-8")
    picture.write_text(to_svg(compared(rows_of(content))), encoding="utf-8")


def rows_of(content: dict[str, Any]) -> list[Figure]:
    """Return the figures of a file."""
    return [
        Figure(Work(**row["work"]), row["program"], Usage(**row["usage"]))
        for row in content["figures"]
    ]


def to_markdown(content: dict[str, Any]) -> str:
    """Return the page of a file of figures."""
    rows = rows_of(content)
    programs = ", ".join(f"{name} {number}" for name, number in content["programs"].items())
    parts = [
        _ABOUT,
        f"Measured on {content['day']}, on {content['machine']}, with {programs}.\n",
        "![Processor time of each work, ours and others](images/performance.svg)\n",
        "## Against other programs\n",
        _table(
            ["work", "signatories", "pariscall", "other", "ratio"],
            _comparisons(compared(rows)),
        ),
        "## All figures\n",
        _READING,
        _table(
            ["work", "signatories", "program", "CPU, s", "clock, s", "MB", "rounds"],
            map(_all, rows),
        ),
        "## How it grows\n",
        _table(
            ["work", "from", "to", "signatories", "CPU", "memory"],
            (_growth(*pair) for pair in growth(rows)),
        ),
    ]
    return "\n".join(parts)


def compared(rows: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """Return each figure of another program, after ours of the same work and size."""
    pairs = []
    ours: Figure | None = None
    for row in rows:
        if row.program == OURS:
            ours = row
        elif ours:
            pairs.append((ours, row))
    return pairs


def growth(rows: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """Return our figures of a work at each size, after those of the next smaller size."""
    by_work: dict[str, list[Figure]] = {}
    for row in rows:
        if row.program == OURS:
            by_work.setdefault(row.work.name, []).append(row)
    return [pair for sizes in by_work.values() for pair in pairwise(sizes)]


def to_svg(pairs: Sequence[tuple[Figure, Figure]]) -> str:
    """Return a picture of processor times: for each work a bar of ours, and one of the other program.

    Bars of a work are drawn to the scale of the longer one.
    """
    height = _ROW * (3 * len(pairs) + 1)
    bars = "".join(_bars(at, *pair) for at, pair in enumerate(pairs))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"'
        f' height="{height}" font-family="sans-serif" font-size="14" role="img">\n'
        "<title>Processor time of each work, ours and others</title>\n"
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>\n{bars}</svg>\n'
    )


def _bars(at: int, ours: Figure, other: Figure) -> str:
    top = _ROW * (3 * at + 1)
    most = max(ours.usage.processor, other.usage.processor)
    size = f"{_size(ours.work)} signatories" if ours.work.signatories else ""
    drawn = _text(8, top, ours.work.name) + _text(8, top + _ROW, size)
    for row, y, colour in ((ours, top, "#1c4a80"), (other, top + _ROW, "#8a94a0")):
        width = (_WIDTH - _LEFT - _RIGHT) * row.usage.processor / most
        bar = f'x="{_LEFT}" y="{y + 2}" width="{max(width, 1):.1f}" height="{_ROW - 4}"'
        said = f"{_seconds(row.usage.processor)} s {row.program}"
        drawn += f'<rect {bar} fill="{colour}"/>\n{_text(_LEFT + width + 6, y, said)}'
    return drawn


def _text(x: float, y: int, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y + 15}" fill="#1b1f24">{text}</text>\n'


def _comparisons(pairs: Iterable[tuple[Figure, Figure]]) -> Iterator[list[str]]:
    for ours, other in pairs:
        yield [
            ours.work.name + (f" ({ours.work.note})" if ours.work.note else ""),
            _size(ours.work),
            f"{_seconds(ours.usage.processor)} s",
            f"{other.program}: {_seconds(other.usage.processor)} s",
            f"{other.usage.processor / ours.usage.processor:.1f}",
        ]


def _growth(smaller: Figure, larger: Figure) -> list[str]:
    return [
        larger.work.name,
        f"{smaller.work.signatories:,}",
        f"{larger.work.signatories:,}",
        _times(larger.work.signatories, smaller.work.signatories),
        _times(larger.usage.processor, smaller.usage.processor),
        _times(larger.usage.memory, smaller.usage.memory),
    ]


def _all(row: Figure) -> list[str]:
    usage = row.usage
    return [
        row.work.name,
        _size(row.work),
        row.program,
        _seconds(usage.processor),
        _seconds(usage.wall),
        f"{usage.memory:.0f}",
        str(row.work.rounds),
    ]


def _size(work: Work) -> str:
    return f"{work.signatories:,}" if work.signatories else ""


def _times(larger: float, smaller: float) -> str:
    return f"{larger / smaller:.1f} times"


def _seconds(number: float) -> str:
    return f"{number:.2f}" if number < 10 else f"{number:.1f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    first_number = next(at for at, head in enumerate(heads) if head in ("CPU, s", "ratio", "CPU"))
    rule = ["---" if at < first_number else "---:" for at in range(len(heads))]
    lines = [heads, rule, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
