"""The page from a list to a website shows what its commands print, in a fresh folder."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support.sheets import write_workbook

DOCUMENT = Path(__file__).parents[2] / "docs" / "new-call.md"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DOCUMENT.exists(), reason="the documents are in the checkout only"),
]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def parties(text: str) -> list[list[str]]:
    """Return the rows of the first table of the page: what is in the workbook."""
    lines = [
        line for line in text.split("## The project", maxsplit=1)[0].splitlines() if line[:1] == "|"
    ]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if row[0] != "---"]


def sessions(text: str) -> list[tuple[str, str]]:
    """Return each command of the page, and what it prints."""
    found = "".join(blocks(text, "console"))
    return [
        (command, shown)
        for part in f"\n{found}".split("\n$ ")[1:]
        for command, _, shown in [part.partition("\n")]
    ]


def run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "pariscall"
    finished = subprocess.run(
        [sys.executable, "-m", "pariscall", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return finished.stdout.rstrip("\n")


def test_a_workbook_of_twelve_parties_becomes_a_website_as_the_page_says(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = parties(text)
    assert len(rows) == 13
    write_workbook(tmp_path / "parties.xlsx", rows)
    for name, content in zip(("june.csv", "broken.csv"), blocks(text, "text"), strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    folder = tmp_path
    for command, shown in sessions(text):
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
            continue
        pattern = re.escape(shown.rstrip("\n")).replace(re.escape("..."), ".*")
        printed = run(command, folder)
        assert re.fullmatch(pattern, printed, re.DOTALL), f"$ {command}\n{printed}"
    page = (folder / "build/site/actor/port-of-koper.html").read_text(encoding="utf-8")
    assert "Port of Koper" in page
    assert not (folder / "other").exists()
