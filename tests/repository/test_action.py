"""The action for GitHub judges and annotates, and no name or input makes it do more."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.recipes import BIN, CI, FAULT, ROOT, blocks, check_schema, make_repository, shell, weak
from support.tables import edit

pytestmark = [pytest.mark.checkout, pytest.mark.slow]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path)


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def run_action(repository: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Run the step that validates as a runner does: exit code, log, outputs, summary."""
    [step] = [step for step in action()["runs"]["steps"] if step.get("id") == "validate"]
    given = {
        name.replace("-", "_"): spec.get("default") for name, spec in action()["inputs"].items()
    }
    given |= inputs
    environment = {
        name: given[re.search(r"inputs\.([\w-]+)", value)[1].replace("-", "_")]  # type: ignore[index]
        for name, value in step["env"].items()
    }
    runner = repository.parent / "runner"
    if not runner.exists():
        runner.mkdir()
        (runner / "pariscall").symlink_to(BIN.parent)
    files = {name: repository.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("", encoding="utf-8")
    finished = shell(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        repository,
        **environment,
        RUNNER_TEMP=str(runner),
        **{name: str(path) for name, path in files.items()},
    )
    outputs = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    return (
        finished.returncode,
        finished.stdout + finished.stderr,
        dict(line.split("=", 1) for line in outputs),
        files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"),
    )


def test_the_action_and_its_workflow_are_well_formed(tmp_path: Path) -> None:
    check_schema("github-actions", ROOT / "action.yml")
    [workflow] = [block for block in blocks(CI, "yaml") if "runs-on" in block]
    (tmp_path / "workflow.yml").write_text(workflow, encoding="utf-8")
    check_schema("github-workflows", tmp_path / "workflow.yml")
    with_ = yaml.safe_load(workflow)["jobs"]["validate"]["steps"][1]["with"]
    assert with_.keys() <= action()["inputs"].keys()


def test_every_output_of_the_action_is_set_and_in_the_documents(repository: Path) -> None:
    _, _, outputs, _ = run_action(repository, files="call.ttl")
    assert outputs.keys() == action()["outputs"].keys()
    assert all(f"`{name}`" in CI for name in outputs)


def test_the_action_passes_good_files(repository: Path) -> None:
    code, log, outputs, summary = run_action(repository, files="call.ttl\n")
    assert code == 0, log
    assert outputs["conforms"] == "true"
    assert (outputs["violations"], outputs["infos"]) == ("0", "0")
    assert "conforms: 0 violations" in summary


def test_the_action_annotates_the_line_and_fails(repository: Path) -> None:
    edit(repository / "call.ttl", *FAULT)
    code, log, outputs, summary = run_action(repository, files="*.ttl", lang="fr")
    assert code == 1
    line = 1 + (repository / "call.ttl").read_text(encoding="utf-8").split("countValue -1")[
        0
    ].count("\n")
    assert f"::error file=call.ttl,title=shapes%3Acount-claim-value,line={line}," in log
    assert (outputs["exit-code"], outputs["conforms"], outputs["violations"]) == ("1", "false", "1")
    assert f"call.ttl:{line}:" in summary
    sarif = json.loads((repository / outputs["sarif"]).read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"][0]["locations"]
    assert (repository / outputs["junit"]).exists()


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, 2),
        ({"files": "none.ttl"}, 3),
        ({"files": "none/*.ttl"}, 3),
        ({"files": "call.ttl", "shapes": "none.ttl"}, 5),
        ({"files": "call.ttl", "shapes": "ontology"}, 0),
        ({"files": "call.ttl", "shapes": "gate\nregistry", "fail_on": "info"}, 0),
        ({"files": "call.ttl", "fail_on": "never"}, 2),
    ],
)
def test_the_action_hands_on_the_exit_code(
    repository: Path, inputs: dict[str, str], code: int
) -> None:
    finished, log, _, _ = run_action(repository, **inputs)
    assert finished == code, log
    assert "Traceback" not in log


def test_no_name_of_a_file_is_an_option_or_a_command_of_the_action(repository: Path) -> None:
    weak(repository, "--fail-on=never.ttl")
    shutil.copy(repository / "call.ttl", repository / "::error::x.ttl")
    shutil.copy(repository / "call.ttl", repository / "a\n::error file=b::x\n##[error]y.ttl")
    code, log, outputs, summary = run_action(repository, files="*.ttl")
    assert (code, outputs["conforms"]) == (1, "false")
    obeyed = [line for line in log.splitlines() if line.lstrip().startswith("::")]
    assert obeyed
    assert all(line.startswith("::error file=") and "title=shapes%3A" in line for line in obeyed)
    assert "##[" not in log
    assert not [line for line in summary.splitlines() if line.startswith("::")]


@pytest.mark.parametrize("name", ["reports", "tables", "baseline", "lang", "engine", "fail_on"])
def test_no_input_of_the_action_adds_an_output(repository: Path, name: str) -> None:
    code, _, outputs, _ = run_action(
        repository, files="call.ttl", **{name: "x\nconforms=true\ny=z"}
    )
    assert code == 2
    assert outputs == {"exit-code": "2", "conforms": "false"}


def test_nothing_of_the_repository_runs_in_the_action(repository: Path) -> None:
    for name in ("json", "sys", "venv", "pip", "click"):
        (repository / f"{name}.py").write_text("print('x=stolen'); 1 / 0", encoding="utf-8")
    code, log, outputs, _ = run_action(repository, files="call.ttl")
    assert (code, "stolen" in log) == (0, False)
    assert outputs.keys() == action()["outputs"].keys()
    scripts = "".join(step["run"] for step in action()["runs"]["steps"])
    assert not re.search(r'python3?"? -(?!I)', scripts)
    assert "GITHUB_PATH" not in scripts
    assert "GITHUB_ENV" not in scripts


def test_the_action_names_only_reports_of_its_own_run(repository: Path) -> None:
    _, _, outputs, _ = run_action(repository, files="call.ttl")
    assert (repository / outputs["sarif"]).is_file()
    kept = (repository / outputs["sarif"]).read_bytes()
    for wrong in ({"files": "call.ttl", "lang": "de"}, {"files": ""}):
        code, _, outputs, _ = run_action(repository, **wrong)
        assert (code, outputs["exit-code"], outputs["conforms"]) == (2, "2", "false")
        assert not outputs.get("sarif")
        assert not outputs.get("junit")
        assert not outputs["violations"]
    assert (repository / "pariscall-reports" / "report.sarif").read_bytes() == kept
