"""The default engine gives the reports that the W3C test suites of SHACL expect."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pariscall.errors import ShapesError
from pariscall.validation.shacl.blank import BlankNodes
from pariscall.validation.shacl.graph import local_name
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import Node
from support.w3c_shacl import FAILURE, FOLDER, MISSING, NUMBER, Case, cases, files

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=MISSING)


def test_the_suite_is_whole() -> None:
    assert sum(1 for path in files() for _ in cases(path)) == NUMBER


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_the_report_is_the_expected_one(path: Path) -> None:
    for case in cases(path):
        if case.report == FAILURE:
            with pytest.raises(ShapesError):
                OxigraphEngine(case.shapes).validate(case.data)
        else:
            assert found(case) == expected(case)


def found(case: Case) -> Counter[tuple[str, ...]]:
    describe = BlankNodes(case.quads).describe
    engine = OxigraphEngine(case.shapes)
    results: Counter[tuple[str, ...]] = Counter(
        (
            describe(result.focus),
            result.path or "",
            _described(describe(result.value) if result.value else None),
            result.severity,
            describe(result.shape),
            result.component,
        )
        for result in engine.validate(case.data)
    )
    assert engine.name == "oxigraph"
    return results


def expected(case: Case) -> Counter[tuple[str, ...]]:
    describe = BlankNodes(case.quads).describe

    def first(result: Node, name: str) -> Node | None:
        return next(iter(case.file.values(result, name)), None)  # type: ignore[arg-type]

    return Counter(
        (
            describe(first(result, "focusNode")),  # type: ignore[arg-type]
            _described(case.file.path(path) if (path := first(result, "resultPath")) else None),  # type: ignore[arg-type]
            _described(describe(value) if (value := first(result, "value")) else None),
            local_name(first(result, "resultSeverity")),  # type: ignore[arg-type]
            describe(first(result, "sourceShape")),  # type: ignore[arg-type]
            local_name(first(result, "sourceConstraintComponent")),  # type: ignore[arg-type]
        )
        for result in case.file.values(case.report, "result")
    )


def _described(text: str | None) -> str:
    return text or ""
