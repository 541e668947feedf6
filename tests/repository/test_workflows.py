"""The workflows of the repository, and what it tells the archives about itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from pariscall.publish.release.checksums import file_names
from support.tables import read_records

pytestmark = [pytest.mark.checkout, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent


def steps(name: str) -> dict[str, dict[str, Any]]:
    """Give the named steps of the only job of a workflow."""
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    [job] = yaml.safe_load(text)["jobs"].values()
    return {step["name"]: step for step in job["steps"] if "name" in step}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_well_formed_and_may_do_no_more_than_it_says(path: Path) -> None:
    checker = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows"]
    subprocess.run([*checker, str(path)], check=True, capture_output=True)
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    # What comes from outside reaches a script by the environment, never as a part of it.
    for job in workflow["jobs"].values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


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
