"""Reading the graph needs no web server and no validator; what needs more says what to install."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from pariscall.bundle import ROOT, is_checkout
from pariscall.io.extras import EXTRAS
from support.core_venv import make_core_venv, run_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("core") / "venv"
    number = make_core_venv(folder)
    if is_checkout():
        page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
        assert f"{number} packages" in page
    return folder


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["query", "states", "--format", "csv"], "France"),
        (["show", "microsoft"], "Microsoft"),
        (["search", "micros"], "Microsoft"),
        (["query", "--list"], "supporters-by-category"),
        (["diff", "2019-09-16", "2019-11-10"], "## Joined"),
    ],
)
def test_without_extras_the_data_are_read(
    core: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = run_in(core, arguments, tmp_path)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["serve"], "serve"),
        (["validate"], "validate"),
        (["site", "-o", "site"], "site"),
        (["export", "-o", "out", "--format", "xlsx"], "files"),
        (["export", "-o", "out", "--format", "nt"], "validate"),
        (["init", "new", "--from", "list.xlsx"], "files"),
    ],
)
def test_what_needs_an_extra_says_so_in_a_line(
    core: Path, tmp_path: Path, arguments: list[str], extra: str
) -> None:
    Workbook().save(tmp_path / "list.xlsx")
    done = run_in(core, arguments, tmp_path)
    assert done.returncode == 2, done.stderr
    *_, last = done.stderr.splitlines()
    assert last.startswith("Error: ")
    assert f"pip install 'pariscall[{extra}]'" in last
    assert re.search("|".join(EXTRAS[extra]), last)
    assert not (tmp_path / "out").exists()
