"""The summary that a command prints for programs, and the keys that the documentation names for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from support.command import Finished

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"


def documented(command: str) -> list[str]:
    """Return the keys that the document names for a command."""
    text = DOCUMENT.read_text(encoding="utf-8")
    [row] = re.findall(rf"^\| {re.escape(command)} \| (`path`.*) \|$", text, re.MULTILINE)
    return re.findall(r"`(\w+)`", row)


def summary_of(finished: Finished, exit_code: int = 0) -> dict[str, Any]:
    """Return the one object on standard output."""
    assert finished.returncode == exit_code, finished.stderr
    assert finished.stdout.count("\n") == 1
    found = json.loads(finished.stdout)
    assert isinstance(found, dict)
    assert found["seconds"] > 0
    return found


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
