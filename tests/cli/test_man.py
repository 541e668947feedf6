"""Each command has a manual page, which is made from its help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pariscall.cli import main


def test_there_is_a_manual_page_for_each_command(tmp_path: Path) -> None:
    # In a process of its own, for it changes the help of the commands while it reads it.
    program = Path(sys.executable).with_name("click-man")
    options = ["--man-version", "1", "--man-date", "2026-01-01", "--target", str(tmp_path)]
    subprocess.run([program, "pariscall", *options], check=True, timeout=60)
    assert {path.stem for path in tmp_path.glob("*.1")} >= {
        "pariscall",
        *(f"pariscall-{name}" for name in main.commands),
    }
    text = (tmp_path / "pariscall-query.1").read_text(encoding="utf-8")
    assert "\\-\\-param" in text
    assert "Answer a ready-made question" in text
