"""The recipes for other services do in a new repository what the documents say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from support.recipes import CI, FAULT, ROOT, blocks, check_schema, make_repository, shell
from support.tables import edit

pytestmark = [pytest.mark.checkout, pytest.mark.slow]

IN_GIT = (ROOT / "docs" / "call-in-git.md").read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path)


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
