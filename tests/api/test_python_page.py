"""What docs/python.md shows runs, and prints what its comments say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import pariscall

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
PROGRAM = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
PRINTS = re.findall(r"^ *print\(.*\)  # (.+)$", PROGRAM, re.MULTILINE)


def test_the_page_prints_what_its_comments_say(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines() == PRINTS
    assert len(PRINTS) == len(re.findall(r"^ *print\(", PROGRAM, re.MULTILINE))


def test_the_page_names_everything_that_is_offered() -> None:
    functions = {name for name in pariscall.__all__ if name[0].islower()}
    assert {name for name in functions if name not in PAGE} == set()
