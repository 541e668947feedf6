"""The repository keeps its own promises: licences, locks, documents, and what the README shows."""

from __future__ import annotations

import fnmatch
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from pariscall import __version__, bundle
from pariscall.cli import main
from support.command import Run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
IGNORED = {".git", ".venv", "build", "__pycache__", ".hypothesis"}

in_a_checkout = pytest.mark.skipif(
    not bundle.is_checkout(), reason="the README shows the places of a source checkout"
)


def repository_files() -> list[Path]:
    files = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return [path for path in files if not IGNORED & set(path.parts) and "_cache" not in str(path)]


def toml(name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def commands(group: click.Group, before: str = "pariscall") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before} {name}")
        else:
            found[f"{before} {name}"] = command
    return found


def licence_of(path: Path) -> str:
    """Give the licence that REUSE.toml states for a file: the last annotation that covers it."""
    annotations = toml("REUSE.toml")["annotations"]
    assert isinstance(annotations, list)
    licences = [
        annotation["SPDX-License-Identifier"]
        for annotation in annotations
        for pattern in (
            [annotation["path"]] if isinstance(annotation["path"], str) else annotation["path"]
        )
        if fnmatch.fnmatch(str(path), pattern)
    ]
    assert licences, path
    return str(licences[-1])


def test_every_file_has_a_licence_whose_text_is_there() -> None:
    licences = {licence_of(path) for path in repository_files()}
    named = {name for licence in licences for name in licence.split(" AND ")}
    assert named == {path.stem for path in (ROOT / "LICENSES").iterdir()}


@pytest.mark.parametrize(
    ("path", "licence"),
    [
        ("exporter/pariscall/graph.py", "Apache-2.0"),
        ("ontology/ontology.ttl", "CC-BY-4.0"),
        ("ontology/context-v1.jsonld", "CC-BY-4.0"),
        ("shapes/gate.ttl", "CC-BY-4.0"),
        ("data/parties.csv", "EUPL-1.2"),
    ],
)
def test_each_part_is_under_its_licence(path: str, licence: str) -> None:
    assert licence_of(Path(path)) == licence


def test_everything_that_is_installed_is_pinned_by_hash() -> None:
    project = toml("pyproject.toml")["project"]
    assert isinstance(project, dict)
    asked = {re.split(r"[><=]", name)[0] for name in project["dependencies"]}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pinned = re.findall(r"^([\w-]+)==(\S+)", text, re.MULTILINE)
        assert asked <= {name for name, _ in pinned}
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "http" not in text


def test_every_dependency_is_argued() -> None:
    project = toml("pyproject.toml")["project"]
    assert isinstance(project, dict)
    argued = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    for name in project["dependencies"]:
        assert f"`{re.split(r'[><=]', name)[0]}`" in argued


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(
        re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    )
    assert listed == {path.name for path in folder.glob("*.md")} - {"README.md"}


def test_every_link_of_the_documents_leads_to_a_file() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_command_and_option_has_help_and_every_command_stands_in_the_readme() -> None:
    for name, command in commands(main).items():
        assert command.help, name
        assert name in README, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_the_changelog_tells_of_every_command() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert all(name in text for name in commands(main))


def test_the_version_is_a_semantic_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_no_text_names_a_place_on_a_machine() -> None:
    for path in repository_files():
        if path.suffix not in {".csv", ".lock"} and "vendor" not in path.parts:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not re.search(r"(?<![\w.])/(?:home|root|Users)/", text), path


def session(text: str) -> list[tuple[str, list[str]]]:
    """Take the commands of a README's console blocks, each with the output it shows."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.rstrip("\n").split("\n"):
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return [(command, output) for command, output in found if command.startswith("pariscall")]


def matches(shown: list[str], printed: str) -> bool:
    """Tell whether output is what is shown, where ``...`` stands for anything."""
    pattern = re.escape("\n".join(shown)).replace(re.escape("..."), ".*")
    return re.fullmatch(pattern + "\n?", printed, re.DOTALL) is not None


@in_a_checkout
@pytest.mark.parametrize(("command", "shown"), session(README))
def test_the_readme_shows_what_its_commands_print(command: str, shown: list[str]) -> None:
    dumps = ROOT / "build" / "dumps" / "paris-call.ttl"
    if "build/dumps/" in command and not dumps.exists():
        subprocess.run([sys.executable, "-m", "pariscall", "export"], cwd=ROOT, check=True)
    if command.startswith("pariscall release"):  # of an earlier run, which is never changed
        shutil.rmtree(ROOT / "build" / "releases", ignore_errors=True)
    finished = subprocess.run(
        [sys.executable, "-m", "pariscall", *shlex.split(command)[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert matches(shown, finished.stdout), finished.stdout


def test_the_python_of_the_readme_prints_what_its_comment_says() -> None:
    [program] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == re.findall(r"# (\d+)$", program, re.MULTILINE)


def test_the_turtle_of_the_readme_stands_in_the_dump(run: Run, tmp_path: Path) -> None:
    [turtle] = re.findall(r"```turtle\n(.*?)```", README, re.DOTALL)
    assert run("export", "-o", "dumps", "--format", "ttl").returncode == 0
    dump = (tmp_path / "dumps" / "paris-call.ttl").read_text(encoding="utf-8")
    for line in turtle.rstrip("\n").split("\n"):
        assert line.rstrip(" .;,") in dump, line
