"""Each command has a manual page, which is made from its help."""

from __future__ import annotations

from pathlib import Path

import pytest
from click_man.core import write_man_pages

from pariscall.cli import main


# click-man uses a function that Click 9 will not have.
@pytest.mark.filterwarnings("ignore:'click.utils.make_default_short_help':DeprecationWarning")
def test_there_is_a_manual_page_for_each_command(tmp_path: Path) -> None:
    write_man_pages("pariscall", main, version="1", target_dir=str(tmp_path), date="2026-01-01")
    assert {path.stem for path in tmp_path.glob("*.1")} >= {
        "pariscall",
        *(f"pariscall-{name}" for name in main.commands),
    }
    text = (tmp_path / "pariscall-query.1").read_text(encoding="utf-8")
    assert "\\-\\-param" in text
    assert "Answer a ready-made question" in text
