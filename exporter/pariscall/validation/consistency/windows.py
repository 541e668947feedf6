"""The windows of events: all that one state of the registry shows happened in the same window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...tables.rows import Row
from .disagreement import Disagreement, disagreement

_KEPT = 20  # rows of each window, which keeps memory flat

Window = tuple[str, str, str]


@dataclass
class _Events:
    number: int = 0
    rows: list[Row] = field(default_factory=list)


class Windows:
    """The windows that events have, by the state of the registry that shows them."""

    def __init__(self) -> None:
        self._found: dict[str, dict[Window, _Events]] = {}

    def add(self, event: Row) -> None:
        """Note the window of an event."""
        window = event["date"], event["earliest"], event["latest"]
        events = self._found.setdefault(event["evidence"], {}).setdefault(window, _Events())
        events.number += 1
        if events.number <= _KEPT:
            events.rows.append(event)

    def merge(self, other: Windows) -> None:
        """Add the windows of events that come later."""
        for evidence, found in other._found.items():
            own = self._found.setdefault(evidence, {})
            for window, events in found.items():
                merged = own.setdefault(window, _Events())
                merged.number += events.number
                merged.rows += events.rows[: _KEPT - len(merged.rows)]

    def problems(self) -> Iterator[Disagreement]:
        """Report the events, at most 20 of a window, that have another window than most."""
        for evidence, found in self._found.items():
            usual = max(found, key=lambda window: found[window].number)
            for window, events in found.items():
                if window != usual:
                    for event in events.rows:
                        yield _problem(event, evidence, window, usual)


def _problem(event: Row, evidence: str, window: Window, usual: Window) -> Disagreement:
    columns = ("date", "earliest", "latest")
    column = next(
        name for name, own, other in zip(columns, window, usual, strict=True) if own != other
    )
    days = " to ".join(filter(None, usual))
    return disagreement(
        event, column, f"other events that {evidence} shows are of {days}. Correct {column}."
    )
