"""The layout shows the architecture: imports point one way, and nothing is said twice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pariscall
from pariscall.publish.choices import DUMPS as DUMP_NAMES
from pariscall.publish.choices import DUMPS_ON_DEMAND, PARTITIONS
from pariscall.publish.dumps import DUMPS
from pariscall.publish.partitions.formats import FORMATS as PARTS
from pariscall.query.choices import FORMATS
from pariscall.query.results import FORMATS as WRITERS
from pariscall.validation.choices import REPORTS as REPORT_NAMES
from pariscall.validation.reports import REPORTS

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
PACKAGE = Path(pariscall.__file__).parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GROUND = ("errors", "bundle", "project_file", "project", "projects")
ROOMS = ("io", "rdf", "tables", "harvest", "query", "validation", "publish", "web", "cli")
FLOORS = {"errors": 0, "bundle": 0, "project_file": 1, "project": 2, "projects": 3} | {
    name: 4 + floor for floor, name in enumerate(ROOMS)
}


def arrows(package: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each import between rooms, types included: room, imported room, and place."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = parts[: len(parts) - node.level]
                target = [*base, *(node.module or "").split(".")] if node.module else [*base]
                for imported in [target[0]] if target else [alias.name for alias in node.names]:
                    if imported != parts[0] and not imported.startswith("__"):
                        yield parts[0], imported, f"{path.relative_to(package)}:{node.lineno}"


def upward(package: Path) -> list[str]:
    """Return the imports that do not point down, and those of rooms that are not on the plan."""
    return [
        f"{place}: {room} imports {imported}"
        for room, imported, place in arrows(package)
        if room not in {"__init__", "__main__"}
        and FLOORS.get(imported, len(FLOORS)) >= FLOORS.get(room, -1)
    ]


@pytest.mark.slow
def test_imports_point_one_way() -> None:
    assert upward(PACKAGE) == []


def test_there_are_nine_rooms_and_the_plan_names_them_all() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(ROOMS)
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert modules == {*GROUND, "__init__", "__main__"}


def test_the_architecture_shows_the_rooms_from_top_to_bottom() -> None:
    plan = ARCHITECTURE.partition("| room |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)/`", plan, re.MULTILINE) == list(reversed(ROOMS))


def test_the_paths_that_the_architecture_names_are_there() -> None:
    folders = [ROOT, PACKAGE, *(PACKAGE / room for room in ROOMS)]
    named = set(re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", ARCHITECTURE))
    assert {"tables/csvw.py", "publish/dumps/", "tests/publish/test_files.py"} <= named
    missing = {path for path in named if not any((folder / path).exists() for folder in folders)}
    assert missing == set()


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("io/atomic.py", "from ..rdf.namespaces import BASE"),
        ("tables/rows.py", "from ..harvest import registry"),
        ("tables/rows.py", "from .. import web"),
        ("query/queries.py", "if True:\n    from ..validation.report import Report"),
    ],
)
def test_an_import_that_points_up_is_found(tmp_path: Path, module: str, text: str) -> None:
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert len(upward(tmp_path)) == 1


def test_the_lists_of_choices_are_those_of_the_library() -> None:
    assert tuple(REPORTS) == REPORT_NAMES
    assert tuple(dump.name for dump in DUMPS) == (*DUMP_NAMES, *DUMPS_ON_DEMAND[:-1])
    assert tuple(PARTS) == PARTITIONS
    assert set(WRITERS) == set(FORMATS)


def test_no_group_of_an_expression_is_possessive() -> None:
    """Before 3.11.5, Python repeats such groups wrongly (gh-106052); atomic groups say the same."""
    possessive = re.compile(r"(?<!\()\)(?:[*+?]|\{[0-9,]+\})\+")
    assert possessive.search("(?:a|b)*+")
    sources = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    found = {path.name for path in sources if possessive.search(path.read_text(encoding="utf-8"))}
    assert found == {Path(__file__).name}
