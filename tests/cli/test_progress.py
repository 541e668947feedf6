"""A command says as much as it is asked to: nothing, each stage, or a summary that programs read."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click
import pytest

from pariscall.cli import main, reporter
from pariscall.cli.harvest import harvest
from pariscall.cli.push import PushSummary
from pariscall.cli.release import PullSummary
from pariscall.cli.reporter import Level, Reporter, to_json
from pariscall.cli.update import UpdateSummary
from pariscall.io.progress import Detail
from support.command import EXAMPLE, Run, run_command
from support.list_project import make_project
from support.registry import Registry
from support.summaries import documented, files_in, summary_of
from support.tables import edit

SUMMED_UP = (
    *("export", "release", "verify", "site", "pull", "push", "update"),
    *("harvest registry", "harvest csv"),
)
LIST = "name,category,nationality,nature,website,twitter,date_signed\n"
STAGE = re.compile(r" *(\d+\.\d) s  (.+)")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def options_of(command: click.Command) -> set[str]:
    return {name for option in command.params for name in (*option.opts, *option.secondary_opts)}


def two_projects(folder: Path) -> tuple[str, str]:
    make_project(folder / "harbour")
    make_project(folder / "tides")
    for old, new in (("harbour-charter", "tide-pledge"), ("charter.example/data", "tides.example")):
        edit(folder / "tides" / "mscall.toml", old, new)
    return "harbour", "tides"


def test_the_commands_that_work_long_take_the_same_options() -> None:
    commands = {
        **main.commands,
        **{f"harvest {name}": command for name, command in harvest.commands.items()},
    }
    having = {
        option: {name for name, command in commands.items() if option in options_of(command)}
        for option in ("--quiet", "-q", "--verbose", "-v", "--json")
    }
    assert having.pop("--json") == {*SUMMED_UP}
    assert all(names == {*SUMMED_UP, "validate"} for names in having.values())


@pytest.mark.parametrize(
    ("command", "summary"),
    [("pull", PullSummary), ("push", PushSummary), ("update", UpdateSummary)],
)
def test_the_keys_of_a_summary_are_documented(command: str, summary: type[Any]) -> None:
    assert documented(f"`{command}`") == ["path", *(field.name for field in fields(summary))]


@pytest.mark.parametrize(
    "command",
    [
        "export -q -v",
        "release 2026.11.22 --verbose --quiet",
        "verify none -qv",
        "site -q --json -v",
        "harvest registry none -qv",
        "harvest csv none -vq",
        "validate -q -v",
    ],
)
def test_quiet_and_verbose_at_once_are_misuse(run: Run, tmp_path: Path, command: str) -> None:
    finished = run(*command.split())
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr == "Error: say either --quiet or --verbose, not both.\n"
    assert files_in(tmp_path) == 0


@pytest.mark.slow
def test_an_export_says_as_much_as_it_is_asked_to(run: Run, small: Path, tmp_path: Path) -> None:
    command = ("export", "--tables", small, "-o", "out", "--format", "nt", "--format", "csv")
    usual, quiet, verbose = (run(*command, *more) for more in ((), ("-q",), ("-v",)))
    assert quiet.stderr == ""
    outputs = {each.stdout.partition(" files, ")[0] for each in (usual, quiet, verbose)}
    assert len(outputs) == 1
    assert outputs.pop().endswith(f" {files_in(tmp_path / 'out')}")
    stages = [STAGE.fullmatch(line) for line in verbose.stderr.splitlines()]
    said = [stage[2] for stage in stages if stage]
    assert len(said) == len(stages)
    assert [line for line in said if not line.startswith("writing: ")] == usual.stderr.splitlines()
    assert len(said) == len(usual.stderr.splitlines()) + 1


@pytest.mark.slow
def test_the_summary_of_an_export_has_the_documented_keys(
    run: Run, small: Path, tmp_path: Path
) -> None:
    finished = run("export", "--tables", small, "-o", "out", "--format", "nt", "--json")
    found = summary_of(finished)
    assert list(found) == documented("`export`")
    assert found["path"] == "out"
    assert found["files"] == files_in(tmp_path / "out")
    triples = (tmp_path / "out" / "paris-call.nt").read_text(encoding="utf-8").count("\n")
    assert found["triples"] == triples
    assert finished.stderr.startswith("tables: ")


@pytest.mark.slow
def test_the_summary_of_several_projects_has_the_documented_keys(tmp_path: Path) -> None:
    arguments = ["export", *two_projects(tmp_path), "-o", "out", "--json", "-q"]
    finished = run_command(tmp_path, arguments)
    found = summary_of(finished)
    assert list(found) == documented("`export` of several projects")
    assert (found["projects"], found["calls"]) == (2, 2)
    assert found["files"] == files_in(tmp_path / "out")
    assert finished.stderr == ""


@pytest.mark.slow
def test_the_summaries_of_a_release_and_of_its_check_have_the_documented_keys(
    run: Run, small: Path, tmp_path: Path
) -> None:
    released = run("release", "2026.11.22", "-o", "out", "--tables", small, "--json", "-v")
    found = summary_of(released)
    assert list(found) == documented("`release`")
    folder = tmp_path / "out" / "2026.11.22"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert found["files"] == len(manifest["files"])
    assert found["bytes"] == sum(file["size"] for file in manifest["files"])
    assert (found["version"], found["path"]) == ("2026.11.22", "out/2026.11.22")
    assert all(STAGE.fullmatch(line) for line in released.stderr.splitlines())

    whole = run("verify", folder, "--json")
    assert list(summary_of(whole)) == documented("`verify`")
    assert json.loads(whole.stdout)["problems"] == []
    assert whole.stderr == ""
    *stages, verdict = run("verify", folder, "-v").stderr.splitlines()
    assert [line.partition(" s  ")[2].split(":")[0] for line in stages] == [
        *("checksums", "descriptions", "compressed copies", "graphs")
    ]
    assert run("verify", folder, "-q").stderr == f"{verdict}\n"

    (folder / "paris-call.nt").write_bytes(b"")
    broken = run("verify", folder, "--json")
    problems = summary_of(broken, exit_code=1)["problems"]
    assert problems == run("verify", folder).stdout.splitlines()
    assert broken.stderr == run("verify", folder, "-q").stderr
    assert broken.stderr.startswith(f"{folder}: not as it was released, ")


@pytest.mark.slow
def test_the_summary_of_a_site_has_the_documented_keys(
    run: Run, small: Path, tmp_path: Path
) -> None:
    finished = run("site", "--tables", small, "-o", "out", "--json", "--verbose")
    found = summary_of(finished)
    assert list(found) == documented("`site`")
    assert found["files"] == files_in(tmp_path / "out")
    stages = [STAGE.fullmatch(line) for line in finished.stderr.splitlines()]
    assert [stage[2].split(":")[0] for stage in stages if stage] == [
        *("tables", "gate", "pictures", "data", "pages")
    ]
    assert sum(float(stage[1]) for stage in stages if stage) == pytest.approx(
        found["seconds"], abs=3
    )


@pytest.mark.slow
@needs_git
def test_the_summaries_of_a_harvest_have_the_documented_keys(
    run: Run, registry: Registry, target: Path, tmp_path: Path
) -> None:
    drawn = run("harvest", "registry", registry.folder, "--tables", target, "--json", "-q")
    found = summary_of(drawn)
    assert list(found) == documented("`harvest registry`")
    assert found["commit"] == registry.git("rev-parse", "HEAD").strip()
    assert found["supporters"] > 0
    assert drawn.stderr == ""

    (tmp_path / "list.csv").write_text(
        LIST + '"Novel","private-sector","SVN","","","",""\n', "utf-8"
    )
    command = ("harvest", "csv", "list.csv", "--tables", target)
    compared = summary_of(run(*command, "--accept-loss", "--json"))
    assert list(compared) == documented("`harvest csv`")
    assert compared["listed"] == found["supporters"]
    assert compared["written"] is False
    kinds = [difference["kind"] for difference in compared["differences"]]
    assert {kind: kinds.count(kind) for kind in ("new", "gone", "changed")} == {
        "new": compared["new"],
        "gone": compared["gone"],
        "changed": compared["changed"],
    }
    [new] = [found for found in compared["differences"] if found["kind"] == "new"]
    assert (new["party"], new["name"]) == ("novel", "Novel")
    refused = run(*command, "--json", "-q")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "say --accept-loss" in refused.stderr


@pytest.mark.slow
def test_a_quiet_run_that_fails_says_why_and_prints_no_object(run: Run, folder: Path) -> None:
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    finished = run("export", "--tables", folder, "--quiet", "--json")
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "An endorsement has exactly one status" in finished.stderr
    assert "gate: " not in finished.stderr


@pytest.mark.slow
def test_a_quiet_validation_prints_its_report_alone(run: Run) -> None:
    command = ("validate", EXAMPLE, "--report", "junit", "--report", "json=x.json")
    usual, quiet, verbose = (run(*command, *more) for more in ((), ("-q",), ("-v",)))
    assert usual.stdout == quiet.stdout == verbose.stdout
    assert (usual.stderr.count("\n"), quiet.stderr) == (1, "")
    stages = [STAGE.fullmatch(line) for line in verbose.stderr.splitlines()]
    assert [stage[2].split(":")[0] for stage in stages if stage][:2] == ["shapes", "report"]
    assert verbose.stderr.endswith(f"  {usual.stderr}")


def test_a_stage_takes_the_time_since_the_one_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter((10.0, 12.5, 13.0))
    monkeypatch.setattr(reporter, "monotonic", lambda: next(times))
    verbose = Reporter(Level.VERBOSE)
    verbose.progress("tables: read")
    verbose.progress(Detail("graph: made"))
    assert capsys.readouterr().err == "   2.5 s  tables: read\n   0.5 s  graph: made\n"


@pytest.mark.parametrize(
    ("level", "said"), [(Level.QUIET, ""), (Level.NORMAL, "a stage\n")], ids=["quiet", "normal"]
)
def test_details_are_for_those_who_ask_for_them(
    capsys: pytest.CaptureFixture[str], level: Level, said: str
) -> None:
    one = Reporter(level)
    one.progress(Detail("a detail"))
    one.progress("a stage")
    assert capsys.readouterr() == ("", said)


def test_a_summary_is_one_line_whatever_is_in_it() -> None:
    @dataclass
    class Summary:
        name: str
        seconds: float

    text = to_json(Path("a\nb"), Summary("Ωmega\n", 1.23456))
    assert "\n" not in text
    assert json.loads(text) == {"path": "a\nb", "name": "Ωmega\n", "seconds": 1.235}
