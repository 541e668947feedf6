"""The file of decisions on candidates, as the page of a review saves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import UnreadableError, relative
from ...io.bounded import read_text

COLUMNS = ("subject_id", "object_id", "decision", "why")
DECISIONS = ("accept", "refuse", "defer")
_LARGEST = 32 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a candidate: what agrees besides the name, or why it is refused (``why``)."""

    subject: str
    object: str
    decision: str
    why: str
    place: str


def read_decisions(path: Path) -> Iterator[Decision]:
    """Read decisions, which a person may have edited since.

    Raises:
        UnreadableError: if the file has another form.
    """
    text = read_text(path, _LARGEST)
    head, *lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if tuple(head.split("\t")) != COLUMNS:
        problem = "this is no file of decisions, as the page of a review saves it"
        raise UnreadableError(f"{relative(path)}:1: {problem}.")
    for number, line in enumerate(lines, 2):
        place = f"{relative(path)}:{number}"
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise UnreadableError(f"{place}: {len(cells)} cells instead of {len(COLUMNS)}.")
        if cells[2] not in DECISIONS:
            known = ", ".join(DECISIONS)
            raise UnreadableError(f"{place}: {cells[2]!r} is no decision. Write one of {known}.")
        yield Decision(cells[0], cells[1], cells[2], cells[3].strip(), place)
