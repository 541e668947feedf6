"""The hook for pre-commit judges in a new repository what the documents say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from pariscall import __version__
from support.recipes import CI, FAULT, ROOT, blocks, make_repository, shell, weak
from support.tables import edit

pytestmark = [pytest.mark.checkout, pytest.mark.slow]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path)


def hooks() -> dict[str, dict[str, Any]]:
    declared = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for hook in declared}


def run_hook(repository: Path, settings: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does, with the command that is installed here."""
    here = {"language": "system", "additional_dependencies": []}
    hook = hooks()[settings["id"]] | settings | here
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    path = repository / ".pre-commit-config.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    home = str(repository.parent / "pre-commit")
    command = ["pre-commit", "run", "--all-files", "--verbose"]
    return shell(command, repository, PRE_COMMIT_HOME=home)


def test_the_hooks_are_a_manifest() -> None:
    finished = shell(["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"], ROOT)
    assert finished.returncode == 0, finished.stdout
    assert {hook["language"] for hook in hooks().values()} == {"python"}


@pytest.mark.parametrize("config", [yaml.safe_load(b) for b in blocks(CI, "yaml") if "rev:" in b])
def test_the_configurations_of_the_documents_name_our_hooks(
    config: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    assert shell(["pre-commit", "validate-config", str(path)], ROOT).returncode == 0
    [repo] = config["repos"]
    assert repo["rev"] == f"v{__version__}"
    assert all(hook["id"] in hooks() for hook in repo["hooks"])


def test_the_hook_passes_good_files_and_stops_bad_ones(repository: Path) -> None:
    [settings] = yaml.safe_load(blocks(CI, "yaml")[0])["repos"][0]["hooks"]
    passed = run_hook(repository, settings)
    assert passed.returncode == 0, passed.stdout
    assert "conforms: 0 violations" in passed.stdout
    edit(repository / "call.ttl", *FAULT)
    failed = run_hook(repository, settings)
    assert failed.returncode == 1
    assert "- exit code: 1" in failed.stdout
    assert "[shapes:count-claim-value]" in failed.stdout


def test_the_hook_validates_files_together(repository: Path) -> None:
    text = (repository / "call.ttl").read_text(encoding="utf-8")
    prefixes, _, rest = text.partition("<dataset/example>")
    at = rest.index("# A state, in force")
    (repository / "call.ttl").write_text(
        f"{prefixes}<dataset/example>{rest[:at]}", encoding="utf-8"
    )
    (repository / "endorsements.ttl").write_text(prefixes + rest[at:], encoding="utf-8")
    [settings] = yaml.safe_load(blocks(CI, "yaml")[1])["repos"][0]["hooks"]
    finished = run_hook(repository, settings)
    assert finished.returncode == 0, finished.stdout
    assert finished.stdout.count("conforms:") == 1


def test_the_hook_for_tables_validates_the_folder(repository: Path, folder: Path) -> None:
    shutil.copytree(folder, repository / "data")
    assert run_hook(repository, {"id": "pariscall-validate-tables"}).returncode == 0
    edit(repository / "data" / "endorsements.csv", "2019-11-10", "10.11.2019")
    failed = run_hook(repository, {"id": "pariscall-validate-tables"})
    assert failed.returncode == 1
    assert "- exit code: 3" in failed.stdout
    assert "data/endorsements.csv:2:51: since is '10.11.2019'" in failed.stdout


def test_no_name_of_a_file_is_an_option_of_the_hook(repository: Path) -> None:
    weak(repository, "--shapes=ontology.ttl")
    for settings in ({}, {"args": ["--fail-on", "violation"]}):
        failed = run_hook(repository, {"id": "pariscall-validate", **settings})
        assert failed.returncode == 1
        expected = "There is a file called" if settings else "[shapes:count-claim-value]"
        assert expected in failed.stdout
