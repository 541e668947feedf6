"""A project file that is wrong, or tables of another project, are refused with the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pariscall.errors import ProjectError
from pariscall.project import read_project
from pariscall.project_file import NAME
from support.command import run_command
from support.harbour import HARBOUR, copied


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("keywords =", "keywrds =", ":3: unknown key 'keywrds'. Did you mean 'keywords'?"),
        ('slug = "harbour-charter"\n', "", ": the key 'slug' is missing."),
        ('keywords = ["ports", "incidents"]', "keywords = 3", ":3: 'keywords' must be a list"),
        ('fr = "la Charte des ports"', "fr = 3", ":15: 'fr' must be a text"),
        ("https://charter.example/data/", "charter/", ":2: 'base' must be an absolute http(s) IRI"),
        ("example/data/", "example/data", ":2: 'base' must be an absolute http(s) IRI"),
        ("example/data/", "example/data#", ":2: 'base' must be an absolute http(s) IRI"),
        ('"harbour-charter"', '"Harbour"', ":1: 'slug' must be of a-z"),
        ('tables = "tables"', "tables = tables", ":4: not TOML: "),
        ('[publisher]\niri = "https://charter.example/#secretariat"\n', "", ": [publisher] is"),
        ("[short]", "[shorts]", "unknown key 'shorts'. Did you mean 'short'?"),
    ],
)
def test_a_bad_project_file_is_told_by_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    text = (HARBOUR / NAME).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(
        ProjectError, match=re.escape(NAME + problem if problem[0] == ":" else problem)
    ):
        read_project(tmp_path / NAME)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('slug = "harbour-charter"', 'slug = "a"\ncall = "harbour-charter"', "datasets.csv:2: the"),
        ("keywords", 'call = "a"\nkeywords', "mscall.toml: the call 'a' is not in calls.csv."),
    ],
)
def test_tables_of_another_project_are_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    folder = copied(tmp_path)
    text = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).write_text(text.replace(old, new, 1), encoding="utf-8")
    finished = run_command(folder, ["export"])
    assert (finished.returncode, finished.stdout) == (3, "")
    assert problem in finished.stderr
    assert not (folder / "build").exists()


def test_a_bad_project_file_is_an_unreadable_input_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('slug = "a"\n', encoding="utf-8")
    finished = run_command(tmp_path, ["export"])
    assert finished.returncode == 3
    assert finished.stderr.startswith("Error: mscall.toml")
    assert "Traceback" not in finished.stderr
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
