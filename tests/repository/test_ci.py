"""The hook, the action and the recipes do in a new repository what the documents say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pariscall import __version__
from support.command import EXAMPLE
from support.tables import edit

pytestmark = [pytest.mark.checkout, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
IN_GIT = (ROOT / "docs" / "call-in-git.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
FAULT = ("countValue 51", "countValue -1")


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a new repository that keeps one file."""
    folder = tmp_path / "repository"
    folder.mkdir()
    shutil.copy(EXAMPLE, folder / "call.ttl")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def shell(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def check_schema(name: str, path: Path) -> None:
    """Check a file against a schema that comes with check-jsonschema."""
    finished = shell(["check-jsonschema", "--builtin-schema", f"vendor.{name}", str(path)], ROOT)
    assert finished.returncode == 0, finished.stdout


# --------------------------------------------------------------------- pre-commit


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


# ----------------------------------------------------------------- GitHub Actions


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


def weak(repository: Path, name: str) -> None:
    """Put shapes that find nothing wrong under a name that could be an option."""
    rules = ROOT / "tests" / "example" / "valid.ttl"
    shutil.copy(rules, repository / name)
    edit(repository / "call.ttl", *FAULT)


def test_no_name_of_a_file_is_an_option_of_the_hook(repository: Path) -> None:
    weak(repository, "--shapes=ontology.ttl")
    for settings in ({}, {"args": ["--fail-on", "violation"]}):
        failed = run_hook(repository, {"id": "pariscall-validate", **settings})
        assert failed.returncode == 1
        expected = "There is a file called" if settings else "[shapes:count-claim-value]"
        assert expected in failed.stdout


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


# ------------------------------------------------------------------- other recipes


def test_the_recipe_for_gitlab_runs(repository: Path, tmp_path: Path) -> None:
    [recipe] = [block for block in blocks(CI, "yaml") if "codequality" in block]
    (tmp_path / "gitlab-ci.yml").write_text(recipe, encoding="utf-8")
    check_schema("gitlab-ci", tmp_path / "gitlab-ci.yml")
    edit(repository / "call.ttl", *FAULT)
    job = yaml.safe_load(recipe)["validate"]
    [install, validate] = job["script"]
    assert install.startswith("pip install ")
    assert shell(["bash", "-c", validate], repository).returncode == 1
    for name, path in job["artifacts"]["reports"].items():
        assert (repository / path).stat().st_size, name


def test_the_recipe_for_reviewdog_runs(repository: Path) -> None:
    [recipe] = [block for block in blocks(CI, "sh") if "reviewdog" in block]
    validate, _ = recipe.strip().split("\n")
    edit(repository / "call.ttl", *FAULT)
    assert shell(["bash", "-c", validate], repository).returncode == 0
    report = repository / "pariscall.sarif"
    [result] = json.loads(report.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["level"] == "error"
    if shutil.which("reviewdog") is None:
        pytest.skip("reviewdog is not installed, so only its input was checked")
    command = "reviewdog -f=sarif -name=pariscall -reporter=rdjson -filter-mode=nofilter -diff=true"
    finished = shell(["bash", "-c", f"{command} < pariscall.sarif"], repository)
    [diagnostic] = json.loads(finished.stdout)["diagnostics"]
    assert diagnostic["location"]["path"] == "call.ttl"
    assert diagnostic["severity"] == "ERROR"


def test_the_commands_for_known_findings_run(repository: Path) -> None:
    [recipe] = [block for block in blocks(CI, "sh") if "baseline" in block]
    edit(repository / "call.ttl", *FAULT)
    far = recipe.replace("2027-06-30", "9999-12-31")
    finished = shell(["bash", "-ec", far], repository)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert finished.stdout.count("1 accepted") == 2


def test_the_document_on_a_call_in_git_shows_what_is_printed(tmp_path: Path) -> None:
    call, rules = blocks(IN_GIT, "turtle")
    (tmp_path / "call.ttl").write_text(call, encoding="utf-8")
    (tmp_path / "rules.ttl").write_text(rules, encoding="utf-8")
    wrong = call.replace('msc:since "2026-03-01"', 'msc:since "2026-02-28"')
    wrong = wrong.replace("category:private-sector", "category:private")
    (tmp_path / "wrong.ttl").write_text(wrong, encoding="utf-8")
    for session in blocks(IN_GIT, "console"):
        command, _, shown = session.partition("\n")
        finished = shell(["bash", "-c", command.removeprefix("$ ")], tmp_path)
        assert finished.stdout == shown
        assert finished.stderr == ""


def test_the_documents_list_every_format_and_exit_code() -> None:
    from pariscall.validation.reports import REPORTS

    assert set(re.findall(r"`(\w+)`", CI.partition("| format |")[2].partition("\n\n")[0])) >= set(
        REPORTS
    )
    command_line = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    codes = re.findall(r"^\| (\d+) \|", command_line, re.MULTILINE)
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "70"]


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
