"""The repository keeps its own promises: licences, locks, decisions, help and changelog."""

from __future__ import annotations

import fnmatch
import os
import re
import tomllib
from pathlib import Path

import click
import pytest

from pariscall import __version__
from pariscall.cli import main

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
IGNORED = {".git", ".venv", "build", "__pycache__", ".hypothesis"} | {
    f".{tool}_cache" for tool in ("mypy", "pytest", "ruff")
}


def repository_files() -> list[Path]:
    """Return the files, but not what is made here, which others may change meanwhile."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in IGNORED]
        found += [(Path(folder) / name).relative_to(ROOT) for name in names]
    return found


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


@pytest.mark.slow
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
        assert "://" not in text  # of a registry


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


def test_every_command_and_option_has_help_and_every_command_is_in_the_documentation() -> None:
    listed = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, command in commands(main).items():
        assert command.help, name
        assert f"`{name}`" in listed, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_the_changelog_tells_of_every_command() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert all(name in text for name in commands(main))


def test_the_version_is_a_semantic_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


@pytest.mark.slow
def test_no_text_names_a_place_on_a_machine() -> None:
    for path in repository_files():
        if path.suffix not in {".csv", ".jpg", ".lock", ".xz"} and "vendor" not in path.parts:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not re.search(r"(?<![\w.])/(?:home|root|Users)/", text), path
