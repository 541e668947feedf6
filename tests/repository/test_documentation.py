"""The documentation is true: commands print what it shows, links lead somewhere, all is listed."""

from __future__ import annotations

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pariscall import bundle
from support.command import Finished, Run, command_server

pytestmark = [pytest.mark.checkout, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Their commands run beside their files, in test_ci.py and test_list_page.py.
ELSEWHERE = (ROOT / "docs" / "call-in-git.md", ROOT / "docs" / "new-call.md")
PICTURE = ROOT / "docs" / "images" / "claim-endorsement-event.svg"

in_a_checkout = pytest.mark.skipif(
    not bundle.is_checkout(), reason="the documentation shows the paths of a source checkout"
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def session(page: Path) -> list[tuple[str, list[str]]]:
    """Return the commands in the console blocks of a page, each with the lines that it prints."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks(page, "console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def matches(shown: list[str], printed: str) -> bool:
    """Report whether output is as shown, where ``...`` matches anything."""
    pattern = re.escape("\n".join(shown)).replace(re.escape("..."), ".*")
    return re.fullmatch(pattern + "\n?", printed, re.DOTALL) is not None


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of the tests uses the folders that the pages share."""
    fcntl = pytest.importorskip("fcntl", reason="there are no advisory locks here")
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "pages.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="module")
def run_once(cache: None) -> Iterator[Callable[[str], Finished]]:  # noqa: ARG001 the command finds the cache that is set
    """Return a function that runs a command, once if several pages show it."""
    with command_server(is_joined=True) as run_in:

        @functools.cache
        def finished(command: str) -> Finished:
            program, *arguments = shlex.split(command)
            assert program == "pariscall", "a block that is not run is an sh block"
            if arguments[0] == "release":  # a release of an earlier run, which is never changed
                shutil.rmtree(ROOT / "build" / "releases", ignore_errors=True)
            return run_in(ROOT, arguments)

        yield finished


@pytest.fixture(scope="module")
def dumps(run_once: Callable[[str], Finished]) -> None:
    """Export the dumps that some commands read, as a page does."""
    with alone():
        run_once("pariscall export -o build/dumps").check_returncode()


@pytest.fixture
def shared_folders() -> Iterator[None]:
    with alone():
        yield


@in_a_checkout
@pytest.mark.usefixtures("dumps", "shared_folders")
@pytest.mark.parametrize(
    "page", [page for page in PAGES if session(page) and page not in ELSEWHERE], ids=name
)
def test_commands_print_what_a_page_shows(page: Path, run_once: Callable[[str], Finished]) -> None:
    for command, shown in session(page):
        printed = run_once(command).stdout
        assert matches(shown, printed), f"{command}\n{printed}"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "queries.md"], ids=name)
def test_the_python_of_a_page_prints_what_its_comments_say(page: Path) -> None:
    [program] = blocks(page, "python")
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == re.findall(r"# (\d+)$", program, re.MULTILINE)


@pytest.fixture
def dump(run: Run, tmp_path: Path) -> str:
    """Return the data in Turtle."""
    assert run("export", "-o", "dumps", "--format", "ttl").returncode == 0
    return (tmp_path / "dumps" / "paris-call.ttl").read_text(encoding="utf-8")


def test_the_turtle_that_is_shown_is_in_the_dump(dump: str) -> None:
    [turtle] = blocks(ROOT / "docs" / "data.md", "turtle")
    for line in turtle.rstrip("\n").split("\n"):
        assert line.rstrip(" .;,") in dump, line


def test_the_picture_shows_what_the_dump_says_of_its_party(dump: str) -> None:
    about = "".join(
        part for part in dump.split("\n<") if "britishamerican-business" in part.split("> a ")[0]
    ) + "".join(part for part in dump.split("\n<") if part.startswith("claim/bab-2019-11-12/"))
    texts = [text.text or "" for text in ET.parse(PICTURE).iter("{http://www.w3.org/2000/svg}text")]
    shown = {
        word
        for text in texts
        for word in re.findall(r'\d{4}-\d\d-\d\d|"[\w-]+"|[\w-]+:[\w-]+', text)
    }
    assert {"2019-11-12", "status:active", '"GBR"', "msc:supportedBy"} <= shown
    assert {word for word in shown if word not in about} == set()


def test_every_local_link_leads_to_a_file() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{name(page)}: {target}"


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    linked = [page for page in pages if "{include}" not in page.read_text(encoding="utf-8")]
    assert [page for page in linked if f"]({name(page)})" not in readme] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Build the documentation twice, strictly, as ``make docs`` does."""
    folders = [tmp_path_factory.mktemp("docs") / "docs" for _ in range(2)]
    for folder, seed in zip(folders, ("1", "2"), strict=True):
        finished = subprocess.run(
            [
                *(sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"),
                *("-d", folder.parent / "doctrees", "docs", folder),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
    return folders


def test_the_documentation_has_a_page_for_each_document(built: list[Path]) -> None:
    pages = {str(path.relative_to(built[0])) for path in built[0].rglob("*.html")}
    for document in (ROOT / "docs").rglob("*.md"):
        assert str(document.relative_to(ROOT / "docs").with_suffix(".html")) in pages


def test_the_documentation_loads_nothing_from_elsewhere(built: list[Path]) -> None:
    loading = re.compile(
        r"<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//[^>]*"
    )
    for page in built[0].rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert loading.findall(text) == [], page.name
        assert "Content-Security-Policy" in text


def test_the_documentation_is_the_same_bytes_each_time(built: list[Path]) -> None:
    first, second = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in built
    )
    assert first == second
