"""What a command says of its work: each stage as it ends, then the result, in words or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ..io.progress import Detail
from .screen import echo

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Level(Enum):
    """How much a command says while it works."""

    QUIET = auto()
    NORMAL = auto()
    VERBOSE = auto()


class Reporter:
    """What one run says: its progress to standard error, and its result to standard output."""

    def __init__(self, level: Level = Level.NORMAL, *, as_json: bool = False) -> None:
        self.level = level
        self.as_json = as_json
        self._start = self._last = monotonic()

    @property
    def seconds(self) -> float:
        """The seconds since the command began."""
        return monotonic() - self._start

    def progress(self, line: str) -> None:
        """Report a stage that has ended, as a ``Progress``; a verbose run says its seconds too."""
        if self.level is Level.VERBOSE:
            now = monotonic()
            echo(f"{now - self._last:6.1f} s  {line}", err=True)
            self._last = now
        elif self.level is Level.NORMAL and not isinstance(line, Detail):
            echo(line, err=True)

    def finish(self, path: str | Path, summary: DataclassInstance, *lines: str) -> None:
        """Report the result: its lines, or the summary of the run in their place."""
        if self.as_json:
            echo(to_json(path, summary), is_data=True)
        else:
            for line in lines:
                echo(line)


def to_json(path: str | Path, summary: DataclassInstance) -> str:
    """Return a summary as one JSON object on one line, after the path that was worked on.

    Its keys are the fields of the summary; times are in seconds, to the millisecond.
    """
    values = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in asdict(summary).items()
    }
    return json.dumps({"path": str(path), **values}, ensure_ascii=False)
