"""Each exit code has one meaning, and nothing passes for want of being looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pariscall.validation.coverage import Coverage
from pariscall.validation.files import validate_files
from pariscall.validation.validate import validate_tables
from support.command import EXAMPLE, Run
from support.people import DATA, SHAPES
from support.tables import edit


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    return tmp_path


COMMAND = ("validate", "data.ttl", "--shapes", "shapes.ttl")


@pytest.mark.slow
def test_0_the_data_conform(run: Run) -> None:
    assert run("validate", EXAMPLE).returncode == 0


@pytest.mark.usefixtures("work")
def test_1_the_data_do_not_conform(run: Run) -> None:
    assert run(*COMMAND).returncode == 1


@pytest.mark.parametrize(
    ("fail_on", "fault", "exit_code"),
    [
        ("violation", '"Ann" , "Anna"', 0),
        ("warning", '"Ann" , "Anna"', 1),
        ("info", '"Ann" , "Anna"', 1),
        ("violation", None, 1),
    ],
)
def test_the_severity_that_fails_is_chosen(
    run: Run, work: Path, fail_on: str, fault: str | None, exit_code: int
) -> None:
    if fault:
        edit(work / "data.ttl", fault, '"Ann"')
    assert run(*COMMAND, "--fail-on", fail_on).returncode == exit_code


def test_2_the_command_was_misused(run: Run) -> None:
    assert run("validate", "--fail-on", "never").returncode == 2


def test_3_the_data_cannot_be_read(run: Run, work: Path) -> None:
    (work / "data.ttl").write_text("<", encoding="utf-8")
    assert run(*COMMAND).returncode == 3


@pytest.mark.usefixtures("work")
def test_4_a_report_cannot_be_written(run: Run) -> None:
    finished = run(*COMMAND, "--report", "sarif=shapes.ttl/out.sarif")
    assert finished.returncode == 4
    assert finished.stderr.startswith("Error: shapes.ttl: cannot write: a file has this name")


def test_5_the_shapes_are_broken(run: Run, work: Path) -> None:
    edit(work / "shapes.ttl", "sh:maxCount", "sh:maxcount")
    finished = run(*COMMAND)
    assert finished.returncode == 5
    assert finished.stderr == (
        "Error: shapes.ttl:3:37: sh:maxcount is not a term of SHACL. Did you mean sh:maxCount?\n"
    )


@pytest.mark.slow
def test_6_a_target_matches_no_node(run: Run, work: Path) -> None:
    edit(
        work / "shapes.ttl",
        "ex:Fine a sh:NodeShape ; sh:targetClass ex:Person",
        "ex:Fine a sh:NodeShape ; sh:targetClass ex:Persn",
    )
    finished = run(*COMMAND)
    assert finished.returncode == 6
    assert finished.stderr == (
        "Error: shapes.ttl:7:1: the target of ex:Fine matches no node of the data. "
        "Correct it, or say --allow-empty 'ex:Fine'.\n"
    )
    for name in ("ex:Fine", "http://example.org/Fine", "ex:F*"):
        assert run(*COMMAND, "--allow-empty", name).returncode == 1


@pytest.mark.parametrize("name", ["shapes.ttl", "data.ttl"])
def test_6_a_file_is_empty(run: Run, work: Path, name: str) -> None:
    (work / name).write_text("# nothing\n", encoding="utf-8")
    finished = run(*COMMAND)
    assert finished.returncode == 6
    assert finished.stderr == f"Error: {name}: the file holds no triple.\n"


@pytest.mark.slow
@pytest.mark.usefixtures("work")
def test_6_the_gate_finds_nothing_to_look_at(run: Run) -> None:
    finished = run("validate", "data.ttl")
    assert finished.returncode == 6
    assert "no shape of the set gate found anything to look at" in finished.stderr
    assert run("validate", "data.ttl", "--shapes", "dataset").returncode == 6
    assert run("validate", "data.ttl", "--shapes", "privacy").returncode == 0
    assert run("validate", "data.ttl", "--shapes", "gate", "--allow-empty", "gate").returncode == 0


@pytest.mark.slow
def test_70_a_fault_of_the_program_is_no_verdict() -> None:
    program = (
        "import pariscall.validation.validate as v\n"
        "def fault(*_, **__): raise ZeroDivisionError\n"
        "v.validate_tables = fault\n"
        "from pariscall.cli import main; main(['validate'])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 70
    assert finished.stderr.endswith(
        "This is a fault of pariscall. Please report it with the above.\n"
    )


def test_a_subclass_is_reached_by_a_target_on_its_parent(work: Path) -> None:
    edit(
        work / "data.ttl",
        "[] a ex:Person",
        "ex:Pupil <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:Person .\n[] a ex:Pupil",
    )
    edit(work / "data.ttl", "ex:ann a ex:Person", "ex:ann a ex:Pupil")
    report = validate_files([work / "data.ttl"], [str(work / "shapes.ttl")])
    assert len(report.results) == 3


def covered(report_coverage: Coverage | None) -> Coverage:
    assert report_coverage is not None
    return report_coverage


def test_coverage_counts_what_is_and_what_is_not_looked_at(work: Path) -> None:
    edit(
        work / "data.ttl",
        "ex:age 17 .",
        "ex:age 17 ; ex:shoe 42 .\nex:rex a ex:Dog ; ex:name 'Rex' .",
    )
    found = covered(
        validate_files([work / "data.ttl"], [str(work / "shapes.ttl")], coverage=True).coverage
    )
    assert found.targets == {"ex:Fine": 2, "ex:Person": 2}
    assert found.classes == {"ex:Dog": 1}
    assert found.predicates == {"ex:shoe": 1}
    assert found.nodes == ["ex:rex"]


@pytest.mark.slow
def test_every_statement_that_we_publish_is_looked_at() -> None:
    """What is left are countries, which the publishing gate takes as they are."""
    found = covered(validate_tables(coverage=True).coverage)
    assert len(found.targets) > 50
    assert found.targets["shapes:no-contact"] == 0
    assert set(found.classes) <= {"skos:Concept", "foaf:Agent"}


@pytest.mark.usefixtures("work")
def test_the_command_shows_the_coverage(run: Run) -> None:
    shown = run(*COMMAND, "--coverage").stdout
    assert "targets: how many nodes each shape looks at\n  2  ex:Fine\n  2  ex:Person\n" in shown
    assert "nodes that no shape looks at\n  none\n" in shown
