"""A validation ends within the limits that it is given, and says at which shape it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pariscall.errors import RdfError, ShapesError, TableError
from pariscall.validation.files import validate_files
from pariscall.validation.limits import validate_within
from pariscall.validation.report import Report
from support.shacl import PREFIXES

ENDLESS = "SELECT $this { $this ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c = ?f + ?i) }"


@pytest.fixture
def files(tmp_path: Path) -> tuple[list[Path], list[str]]:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"{PREFIXES} ex:Slow a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select '{ENDLESS}' ] .",
        encoding="utf-8",
    )
    data = tmp_path / "data.ttl"
    triples = "".join(f"ex:a ex:p{n} {n} ." for n in range(3_000))
    data.write_text(f"{PREFIXES} ex:a a ex:T . {triples}", encoding="utf-8")
    return [data], [str(shapes)]


@pytest.mark.slow
def test_what_takes_too_long_ends_as_an_error_that_names_the_shape(
    files: tuple[list[Path], list[str]],
) -> None:
    with pytest.raises(ShapesError, match=r"longer than 3 seconds, at the shape .*/Slow>"):
        validate_within(lambda: validate_files(*files), 3, None)


def test_what_crashes_ends_as_an_error() -> None:
    def crash() -> Report:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    with pytest.raises(ShapesError, match="too much memory, or crashed"):
        validate_within(crash, None, None)


@pytest.mark.parametrize("error", [RdfError("a.ttl: no."), TableError(["a.csv:1: no."] * 30)])
def test_an_error_of_the_validation_stays_what_it_is(error: Exception) -> None:
    def fail() -> Report:
        raise error

    with pytest.raises(type(error)) as caught:
        validate_within(fail, None, None)
    assert str(caught.value) == str(error)


def test_a_report_comes_back_whole(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(f"{PREFIXES} ex:a a ex:T ; ex:p 1.0 , [ ex:q 'x'@en ] .", encoding="utf-8")
    shapes.write_text(
        f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ] .",
        encoding="utf-8",
    )
    here = validate_files([data], [str(shapes)])
    assert (
        validate_within(lambda: validate_files([data], [str(shapes)]), 60, None).findings
        == here.findings
    )
