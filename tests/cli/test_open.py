"""``pariscall open`` leads to the page of a party, on this disk or where the site is."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import Run, run_command
from support.list_project import make_project


def make_pages(folder: Path, *pages: str) -> Path:
    for page in pages:
        path = folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<!DOCTYPE html>", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_page_of_a_party_is_a_file_of_the_site(tmp_path: Path, run: Run) -> None:
    site = make_pages(tmp_path / "a site", "actor/microsoft.fr.html", "index.html")
    done = run("open", "Microsoft", "--lang", "fr", "--print", "--site", site)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{(site / 'actor/microsoft.fr.html').as_uri()}\n"
    done = run("open", "--print", "--site", site)
    assert done.stdout == f"{(site / 'index.html').as_uri()}\n"


@pytest.mark.slow
def test_the_browser_opens_it(tmp_path: Path) -> None:
    make_pages(tmp_path / "build" / "site", "index.html")
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n', encoding="utf-8")
    program.chmod(0o755)
    done = run_command(tmp_path, ["open"], {"BROWSER": f"{program} %s"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text() == done.stdout


@pytest.mark.slow
def test_a_project_that_says_where_its_site_is_needs_no_folder(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "charter")
    with (folder / "mscall.toml").open("a", encoding="utf-8") as file:
        file.write('\n[site]\naddress = "https://ports.example/"\n')
    done = run_command(folder, ["open", "Port of Genoa", "--print"])
    assert done.stdout == "https://ports.example/actor/port-of-genoa.html\n", done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--site", "nowhere"], "nowhere has no page index.html. Write the site with"),
        ([], "build/site has no page index.html."),
        (["--lang", "xx"], "the site has no language 'xx'. Choose from en, fr."),
        (["nobody at all"], "nobody at all"),
    ],
)
def test_what_is_not_there_is_told(run: Run, arguments: list[str], told: str) -> None:
    done = run("open", *arguments, "--print")
    assert done.returncode == 2
    assert told in done.stderr
