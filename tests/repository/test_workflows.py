"""The workflows of the repository, and what it tells the archives about itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from pariscall.publish.release.checksums import file_names
from support.recipes import check_schema
from support.tables import read_records

pytestmark = [pytest.mark.checkout, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
USES = re.compile(r"uses: (\S+)[ \t]*(.*)")


def steps(name: str) -> dict[str, dict[str, Any]]:
    """Give the named steps of the only job of a workflow."""
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    [job] = yaml.safe_load(text)["jobs"].values()
    return {step["name"]: step for step in job["steps"] if "name" in step}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_well_formed_and_may_do_no_more_than_it_says(path: Path) -> None:
    check_schema("github-workflows", path)
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    # What comes from outside reaches a script by the environment, never as a part of it.
    for job in workflow["jobs"].values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / "action.yml", ROOT / "docs" / "ci.md"], ids=lambda path: path.name
)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    for used, note in USES.findall(path.read_text(encoding="utf-8")):
        if not used.startswith("OWNER/"):  # our own, whose commit the reader fills in
            assert re.fullmatch(r"[\w/-]+/[\w/-]+@[0-9a-f]{40}", used), used
        assert re.fullmatch(r"# v[0-9]+\.[0-9]+\.[0-9]+", note), used


def test_one_action_has_one_commit() -> None:
    pages = [*WORKFLOWS, ROOT / "docs" / "ci.md"]
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    pins = {tuple(used.split("@")) for used, _ in USES.findall(text)}
    assert len(pins) == len({name for name, _ in pins})


def test_the_updates_are_well_formed() -> None:
    check_schema("dependabot", ROOT / ".github" / "dependabot.yml")


def test_the_archive_and_the_checksums_are_attested_before_they_are_published() -> None:
    names = list(steps("release.yml"))
    attested = steps("release.yml")["Attest the checksums and the archive"]["with"]["subject-path"]
    assert attested.split() == ["${{", "env.FOLDER", "}}/SHA256SUMS", "${{", "env.ARCHIVE", "}}"]
    assert names.index("Attest the checksums and the archive") < names.index("Publish every file")


def test_what_is_published_on_pypi_needs_no_secret() -> None:
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    jobs = yaml.safe_load(text)["jobs"]
    assert jobs["pypi"]["permissions"] == {"id-token": "write"}
    assert jobs["build"]["permissions"] == {"contents": "read"}


def test_no_lower_bound_has_a_known_vulnerability() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = chain(project["dependencies"], *project["optional-dependencies"].values())
    bounds = dict(one.split(">=") for one in required if ">=" in one and ";" not in one)
    first_without = {
        "h11": "0.16",
        "jinja2": "3.1.6",
        "requests": "2.33",
        "starlette": "1.3.1",
        "urllib3": "2.7",
    }
    for name, least in first_without.items():
        assert numbers(bounds[name]) >= numbers(least), name


def numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_the_workflow_of_a_tag_makes_a_signed_release_of_its_version(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(BIN)
    key = tmp_path / "secret"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
    subprocess.run(command, check=True)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {
        **os.environ,
        "KEY": key.read_text(encoding="utf-8"),
        "TAG": "data-2026.11.22.2",
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ENV": str(tmp_path / "environment"),
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    make, verify = (steps("release.yml")[f"{verb} the release"] for verb in ("Make", "Verify"))
    subprocess.run([*shell, make["run"]], cwd=tmp_path, env=environment, check=True)
    folder = "build/releases/2026.11.22.2"
    assert (tmp_path / "environment").read_text(encoding="utf-8") == f"FOLDER={folder}\n"
    environment["FOLDER"] = folder
    subprocess.run([*shell, verify["run"]], cwd=tmp_path, env=environment, check=True)
    names = file_names(tmp_path / folder)
    assert "SHA256SUMS.sig" in names
    assert list(temporary.iterdir()) == []
    # The files of a GitHub release have no folders.
    assert len({Path(name).name for name in names}) == len(names)


# ------------------------------------------------------------------------- Zenodo


def test_what_zenodo_is_told_is_what_the_tables_and_the_package_say() -> None:
    said = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    [dataset] = read_records(ROOT / "data" / "datasets.csv")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["authors"] == [{"name": dataset["publisher"]}]
    assert said == {
        "upload_type": "dataset",
        "title": dataset["title_en"],
        "description": dataset["description_en"],
        "creators": [{"name": dataset["publisher"]}],
        "access_right": "open",
        "license": dataset["licence"].removeprefix("https://spdx.org/licenses/"),
        "language": "eng",
        "keywords": project["keywords"],
        "notes": dataset["rights_en"],
        "related_identifiers": [
            {"identifier": address, "relation": "isDerivedFrom", "resource_type": "dataset"}
            for address in re.findall(r"https://[^ ,]+", dataset["rights_en"])
        ],
    }
