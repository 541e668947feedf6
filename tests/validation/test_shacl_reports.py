"""The report in Turtle is the validation report of SHACL, with the paths as the shapes have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from pariscall.rdf.namespaces import SH
from pariscall.validation.report import Report
from pariscall.validation.reports import REPORTS
from pariscall.validation.shacl.path import PathTriples
from support.people import people_report


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    return people_report()


def test_the_turtle_is_the_validation_report_of_shacl(report: Report) -> None:
    written = REPORTS["turtle"](report, "en")
    quads = list(parse(written.encode(), format=RdfFormat.TURTLE))
    said = {(quad.predicate.value.removeprefix(SH), str(quad.object)) for quad in quads}
    assert ("conforms", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>') in said
    assert ("resultMessage", '"Trop jeune."@fr') in said
    assert ("inversePath", "<http://example.org/knows>") in said
    assert sum(quad.predicate.value == SH + "result" for quad in quads) == 3
    results = [quad.object for quad in quads if quad.predicate.value == SH + "result"]
    for result in results:
        names = {q.predicate.value.removeprefix(SH) for q in quads if q.subject == result}
        assert names >= {
            *("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"),
            "resultMessage",
        }


def test_the_turtle_of_data_that_conform_says_so(report: Report) -> None:
    written = REPORTS["turtle"](replace(report, findings=[]), "en")
    assert "sh:conforms true ." in written
    assert len(list(parse(written.encode(), format=RdfFormat.TURTLE))) == 2


@pytest.mark.parametrize(
    ("path", "turtle"),
    [
        ("<e:p>", "<e:p>"),
        ("^<e:p>", "[ sh:inversePath <e:p> ]"),
        ("(<e:p>/<e:q>/<e:r>)", "( <e:p> <e:q> <e:r> )"),
        ("(<e:p>|^<e:q>)", "[ sh:alternativePath ( <e:p> [ sh:inversePath <e:q> ] ) ]"),
        ("(<e:p>)*", "[ sh:zeroOrMorePath <e:p> ]"),
        ("((<e:p>/<e:q>))+", "[ sh:oneOrMorePath ( <e:p> <e:q> ) ]"),
        ("((<e:p>)?/(<e:q>)*)", "( [ sh:zeroOrOnePath <e:p> ] [ sh:zeroOrMorePath <e:q> ] )"),
        ("^(<e:p>/<e:q>)", "[ sh:inversePath ( <e:p> <e:q> ) ]"),
    ],
)
def test_paths_go_back_to_shacl(path: str, turtle: str) -> None:
    found = PathTriples(path, "path")
    subject, predicate = NamedNode("e:s"), NamedNode("e:path")
    ours = Dataset(
        [Quad(subject, predicate, found.node), *(Quad(*triple) for triple in found.triples)]
    )
    head = f"@prefix sh: <{SH}> . <e:s> <e:path> "
    expected = Dataset(parse(f"{head}{turtle} .", format=RdfFormat.TURTLE))
    for dataset in (ours, expected):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert ours == expected
