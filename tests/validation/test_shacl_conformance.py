"""The comparison of SHACL engines on the W3C's suites tells engines apart, and is documented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from support.engines.conformance import HEADER, differs, figures, row
from support.engines.differences import KNOWN, rows
from support.engines.engine import EngineError
from support.engines.w3c import (
    CRASHED,
    DIFFERENT,
    EQUAL,
    OURS,
    REFUSED,
    RefusedError,
    Results,
    UnknownError,
    all_cases,
    judge,
    validators,
)
from support.w3c_shacl import FAILURE, FOLDER, MISSING, Case

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=MISSING)

PAGE = Path(__file__).parents[2] / "docs" / "shacl-conformance.md"


def failing(error: Exception) -> Results:
    raise error


@pytest.mark.slow
def test_the_figures_of_our_engine_are_those_that_are_documented(tmp_path: Path) -> None:
    ours = validators(tmp_path)[OURS]
    outcomes = [judge(ours, test, case) for test, case in all_cases()]
    assert not differs(OURS, outcomes)
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert row(HEADER) in lines
    assert row(figures(OURS, outcomes)) in lines


def test_every_known_difference_is_documented() -> None:
    listed = PAGE.read_text(encoding="utf-8").partition("## Differences")[2].splitlines()
    assert [line for line in listed if line.startswith("|")][2:] == list(rows())


def test_a_known_difference_is_of_a_test_of_the_suites() -> None:
    tests = {test for test, _ in all_cases()}
    assert {test for known in KNOWN.values() for test in known} <= tests


@pytest.mark.slow
def test_an_engine_that_finds_something_else_is_told_from_one_that_finds_nothing() -> None:
    cases = dict(all_cases())
    violated = cases["core/node/and-001"]

    def verdict(case: Case, error: Exception | None = None) -> str:
        return judge(lambda _: failing(error) if error else Counter(), "test", case).verdict

    assert verdict(violated) == DIFFERENT
    assert verdict(violated, RefusedError()) == REFUSED
    assert verdict(violated, EngineError()) == CRASHED


def test_an_expected_failure_is_passed_by_refusing_what_is_known() -> None:
    case = next(case for _, case in all_cases() if case.report == FAILURE)
    assert judge(lambda _: Counter(), "test", case).verdict == DIFFERENT
    assert judge(lambda _: failing(RefusedError()), "test", case).verdict == EQUAL
    assert judge(lambda _: failing(UnknownError()), "test", case).verdict == REFUSED
