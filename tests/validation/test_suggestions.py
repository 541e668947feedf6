"""A value that is not in a list is shown the list, and what was probably meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.errors import ShapesError, did_you_mean
from pariscall.validation.files import validate_files
from pariscall.validation.report import Finding
from pariscall.validation.reports import REPORTS
from pariscall.validation.validate import validate_tables
from support.tables import edit, keep_some_parties

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ;
    sh:property [ sh:path e:p ; sh:in ( "red" "green" e:blue ) ] .
"""


def _finding(folder: Path, value: str, shapes: str = SHAPES) -> Finding:
    (folder / "s.ttl").write_text(shapes, encoding="utf-8")
    (folder / "a.ttl").write_text(f"<http://e/s> <http://e/p> {value} .", encoding="utf-8")
    [finding] = validate_files([folder / "a.ttl"], [str(folder / "s.ttl")]).findings
    return finding


@pytest.mark.parametrize(
    ("value", "meant"), [('"gren"', "green"), ('"RED"', "red"), ("<http://e/bleu>", "blue")]
)
def test_the_nearest_of_a_list_is_named(tmp_path: Path, value: str, meant: str) -> None:
    finding = _finding(tmp_path, value)
    assert finding.message("en").endswith(f"Did you mean `{meant}`?")
    assert finding.message("fr").endswith(f"Vouliez-vous dire `{meant}` ?")


def test_nothing_is_meant_by_what_is_near_to_nothing(tmp_path: Path) -> None:
    message = _finding(tmp_path, '"elephant"').message("en")
    assert message.endswith("`elephant` is not in the list: red, green, blue.")


def test_a_value_is_not_compared_to_thousands_for_each_finding(tmp_path: Path) -> None:
    many = " ".join(f'"code-{number}"' for number in range(3_000))
    message = _finding(tmp_path, '"code-x"', SHAPES.replace('"red"', many)).message("en")
    assert message.endswith(
        "is not in the list: " + ", ".join(f"code-{n}" for n in range(12)) + ", ..."
    )


@pytest.mark.slow
def test_a_code_is_shown_its_code_list(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(bundle.TABLES, tables)
    keep_some_parties(tables)
    edit(tables / "parties.csv", "abb,ABB,,,company", "abb,ABB,,,compny")
    report = validate_tables(tables)
    [finding] = [found for found in report.findings if "party-nature" in found.rule]
    assert "`compny` is not in the list nature: company, " in finding.message("en")
    assert finding.message("en").endswith("... Did you mean `company`?")
    assert finding.location.cell == "nature"
    assert "compny" not in REPORTS["sarif"](report, "en").split('"results"')[0]


@pytest.mark.slow
def test_a_set_that_does_not_exist_is_told_the_sets() -> None:
    with pytest.raises(ShapesError) as caught:
        validate_tables(shapes=["privcy"])
    assert "neither a file nor one of the sets gate, privacy, dataset" in str(caught.value)
    assert str(caught.value).endswith("Did you mean 'privacy'?")


def test_a_question_is_asked_only_if_something_is_near() -> None:
    assert did_you_mean("XXX", ["FXX", "FRA"]) == ""
    assert (
        did_you_mean("private", ["public", "private-sector"]) == " Did you mean 'private-sector'?"
    )
    assert did_you_mean("swe", ["SWE", "SWZ"]) == " Did you mean 'SWE'?"
