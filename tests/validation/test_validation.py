"""A verdict says what is wrong, in which row, by which engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.errors import MisuseError, NothingValidatedError, ShapesError
from pariscall.rdf.namespaces import BASE
from pariscall.tables.graph import TableGraph
from pariscall.validation.files import validate_files
from pariscall.validation.report import Report
from pariscall.validation.shape_files import PUBLISHED
from pariscall.validation.validate import validate_tables
from support.command import EXAMPLE
from support.tables import edit, keep_some_parties, parties

SHAPES = BASE + "shapes#"


@pytest.fixture(scope="module")
def report() -> Report:
    return validate_tables()


@pytest.mark.slow
def test_the_bundled_data_conform(bundled: TableGraph, report: Report) -> None:
    assert report.conforms
    assert report.counts() == {"Violation": 0, "Warning": 0, "Info": 10}
    assert report.triples == sum(1 for _ in bundled.quads())


@pytest.mark.slow
def test_the_parties_without_country_are_pointed_out_with_their_rows(report: Report) -> None:
    results = [r for r in report.findings if r.rule == "shapes:signatory-country-known"]
    assert len(results) == 6
    for result in results:
        place = result.location
        assert place is not None
        assert place.line is not None
        lines = (bundle.TABLES / Path(place.file).name).read_text(encoding="utf-8").split("\n")
        row = lines[place.line - 1]
        assert result.about[0] == f"actor:{row.split(',')[0]}"
        assert (place.row, place.cell) == (row.split(",")[0], "country")
        assert row[: (place.column or 0) - 1].count(",") == 5


@pytest.mark.slow
def test_both_engines_find_the_same_in_every_twentieth_party(folder: Path) -> None:
    keep_some_parties(folder, *parties()[::20])
    shapes = (*PUBLISHED, "registry")
    fast, reference = (
        validate_tables(folder, shapes),
        validate_tables(folder, shapes, "pyshacl"),
    )
    assert fast.results
    assert (fast.engine, reference.engine) == ("oxigraph", "pyshacl")
    assert fast.results == reference.results


@pytest.mark.slow
def test_the_registry_report_finds_the_known_defects() -> None:
    """Count the defects of the 1,222 entries there are and of the four that are gone."""
    report = validate_tables(shapes=["registry"])
    found: dict[str, int] = {}
    for finding in report.results:
        name = str(finding.shape)[1:-1].removeprefix(SHAPES)
        found[name] = found.get(name, 0) + 1
    assert not report.conforms
    assert found == {
        "file-name-form": 12,
        "file-name-undefined": 6,
        "raw-category-as-filed": 2,
        "raw-category-given": 5,
        "raw-category-known": 1,
        "raw-company-category": 1,
        "raw-country-as-filed": 2,
        "raw-country-given": 5,
        "raw-country-known": 37,
        "raw-name-capitals": 35,
        "raw-name-spaces": 6,
        "raw-nature-given": 177,
        "raw-nature-known": 15,
        "raw-nature-membership": 27,
        "raw-nature-spaces": 158,
        "raw-website": 2,
        "signature-before-listing": 13,
        "signature-given": 1088,
        "website-once": 1,
    }


@pytest.mark.slow
def test_a_finding_of_a_query_points_to_the_row_of_its_value(folder: Path) -> None:
    edit(
        folder / "parties.csv",
        "abb,ABB,,,company,SWE,,",
        "abb,ABB,,,company,SWE,,https://x.com/abb",
    )
    report = validate_tables(folder)
    [result] = [result for result in report.findings if result.severity == "Violation"]
    assert str(result.location).endswith("parties.csv:3:24")
    assert result.location is not None
    assert (result.location.row, result.location.cell) == ("abb", "website")
    assert result.message("fr").startswith("Aucun compte")


def test_a_foreign_file_is_validated_with_the_vocabulary_and_the_countries() -> None:
    report = validate_files([EXAMPLE])
    assert report.conforms
    assert report.results == []
    assert report.engine == "oxigraph"


def test_a_fault_in_a_foreign_file_is_found(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("status:superseded", "status:gone")
    (tmp_path / "mine.ttl").write_text(text, encoding="utf-8")
    report = validate_files([tmp_path / "mine.ttl"])
    assert not report.conforms
    assert {str(finding.shape)[1:-1].removeprefix(SHAPES) for finding in report.results} == {
        "endorsement-status",
        "endorsement-successor",
    }


def test_shapes_of_ones_own_replace_the_bundled_ones(tmp_path: Path) -> None:
    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix msc: <https://w3id.org/mscall/ns#> .
        <http://example.org/S> a sh:PropertyShape ; sh:targetClass msc:Signatory ;
            sh:path msc:hasEndorsement ; sh:minCount 2 .
    """
    (tmp_path / "mine.ttl").write_text(shape, encoding="utf-8")
    report = validate_files([EXAMPLE], [str(tmp_path / "mine.ttl")])
    assert len(report.results) == 4


def test_a_constraint_that_something_else_judges_is_named_in_the_report(tmp_path: Path) -> None:
    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix msc: <https://w3id.org/mscall/ns#> .
        <http://example.org/S> a sh:PropertyShape ; sh:targetClass msc:Signatory ;
            sh:path msc:hasEndorsement ; sh:pattern "^(?!x)" .
    """
    (tmp_path / "mine.ttl").write_text(shape, encoding="utf-8")
    report = validate_files([EXAMPLE], [str(tmp_path / "mine.ttl")])
    assert report.conforms
    assert report.engine == (
        'oxigraph; sh:pattern "^(?!x)" is read by Python, because XPath has no such expression'
    )


def test_a_literal_that_oxigraph_would_respell_is_judged_as_it_is_written(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("countValue 51", 'countValue "51"^^xsd:int')
    (tmp_path / "mine.ttl").write_text(text, encoding="utf-8")
    report = validate_files([tmp_path / "mine.ttl"])
    assert report.engine == "oxigraph"
    assert not report.conforms


@pytest.mark.slow
def test_unknown_engines_and_unreadable_shapes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="no engine 'jena'"):
        validate_tables(engine="jena")
    with pytest.raises(ShapesError, match=r"none\.ttl: No such file or directory"):
        validate_tables(shapes=["none.ttl"])
    (tmp_path / "data.ttl").write_text("<http://e/s> <http://e/p> 1 .", encoding="utf-8")
    with pytest.raises(NothingValidatedError, match="no shape has a target"):
        validate_tables(shapes=[str(tmp_path / "data.ttl")])
