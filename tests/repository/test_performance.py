"""The page about performance shows the last run on record, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "bench" / "figures.json"


def written(figures: Path, folder: Path) -> tuple[str, str]:
    """Return the page and the picture that the script writes of figures."""
    page, picture = folder / "page.md", folder / "picture.svg"
    script = ROOT / "bench" / "page.py"
    subprocess.run([sys.executable, script, figures, page, picture], check=True)
    return page.read_text("utf-8"), picture.read_text("utf-8")


def test_the_page_and_the_picture_are_those_of_the_last_run(tmp_path: Path) -> None:
    page, picture = written(FIGURES, tmp_path)
    assert page == (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert picture == (ROOT / "docs" / "images" / "performance.svg").read_text("utf-8")


def test_ratios_are_of_the_processor_time_of_the_same_work_and_size(tmp_path: Path) -> None:
    content = json.loads(FIGURES.read_text("utf-8"))
    content["figures"] = [
        {
            "work": {"name": "export", "signatories": size, "rounds": 1, "note": ""},
            "program": program,
            "usage": {"processor": processor, "wall": 9.0, "memory": memory},
        }
        for size, program, processor, memory in (
            (1_000, "pariscall", 2.0, 100),
            (1_000, "another", 5.0, 300),
            (10_000, "pariscall", 16.0, 150),
        )
    ]
    (tmp_path / "figures.json").write_text(json.dumps(content), encoding="utf-8")
    page, picture = written(tmp_path / "figures.json", tmp_path)
    assert "| export | 1,000 | 2.00 s | another: 5.00 s | 2.5 |" in page
    assert "| export | 1,000 | 10,000 | 10.0 times | 8.0 times | 1.5 times |" in page
    assert "5.00 s another" in picture
