"""Shapes of others are judged as they are meant, and what is not done with them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.errors import NothingValidatedError, ShapesError
from pariscall.rdf.namespaces import MSC, VOCABULARY
from pariscall.validation.files import validate_files
from pariscall.validation.report import Report
from pariscall.validation.shacl.vocabulary import asset
from support.shacl import PREFIXES, on_values


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with data and shapes that conform."""
    write(tmp_path / "data.ttl", 'ex:a a ex:T ; ex:p "x" .')
    write(tmp_path / "shapes.ttl", on_values("sh:minCount 1"))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.write_text(PREFIXES + text, encoding="utf-8")


def judge(folder: Path, **options: bool) -> Report:
    return validate_files(
        [folder / "data.ttl"],
        [str(folder / "shapes.ttl")],
        **options,  # type: ignore[arg-type]
    )


def test_an_import_that_is_not_followed_is_told_and_fails_only_if_it_is_required(
    written: Path,
) -> None:
    write(
        written / "shapes.ttl",
        on_values("sh:minCount 1") + "<http://e/s> owl:imports <http://e/x> .",
    )
    report = judge(written)
    assert report.conforms
    [finding] = report.findings
    assert (finding.severity, finding.rule) == ("Info", "shapes:import-not-followed")
    assert "owl:imports <http://e/x> is not followed" in finding.message()
    assert finding.location is not None
    assert finding.location.line == 9
    assert not judge(written, require_imports=True).conforms


def test_an_import_of_what_is_there_is_nothing_to_tell(written: Path) -> None:
    shapes = on_values("sh:minCount 1")
    write(written / "shapes.ttl", shapes + "<http://e/s> owl:imports ex:o . ex:o a owl:Ontology .")
    assert judge(written, require_imports=True).findings == []


@pytest.mark.parametrize("literal", ['"2020-13-01"^^xsd:date', '"x"^^xsd:integer'])
def test_the_rule_on_ill_typed_literals_can_be_left_out(written: Path, literal: str) -> None:
    write(written / "data.ttl", f'ex:a a ex:T ; ex:p "x" ; ex:q {literal} .')
    assert [finding.rule for finding in judge(written).findings] == ["shapes:well-typed"]
    assert judge(written, allow_ill_typed=True).findings == []


def test_an_ill_typed_literal_violates_a_shape_that_asks_whatever_is_left_out(
    written: Path,
) -> None:
    write(written / "data.ttl", 'ex:a a ex:T ; ex:p "2020-13-01"^^xsd:date .')
    write(written / "shapes.ttl", on_values("sh:datatype xsd:date"))
    assert len(judge(written, allow_ill_typed=True).findings) == 1


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_relative_iris_are_resolved_against_the_address_of_the_file(
    written: Path, suffix: str
) -> None:
    data = written / f"my data.{suffix}"
    write(data, '<> a owl:Ontology . <#a> a ex:T ; ex:p <../b> , "x" .')
    report = validate_files([data], [str(written / "shapes.ttl")])
    assert report.conforms
    write(written / "shapes.ttl", on_values("sh:nodeKind sh:Literal"))
    [finding] = validate_files([data], [str(written / "shapes.ttl")]).findings
    assert finding.location is not None
    assert finding.location.line == 9
    assert str(written.parent.as_uri()) in finding.about[2]


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ("sh:in ( " + " ".join(map(str, range(30))) + " )", "and 10 more )."),
        ("sh:maxCount 0", "The shape asks for sh:maxCount 0."),
        ("sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:minLength 2 ] )", "sh:xone ( [ ] [ ] )."),
    ],
)
def test_a_shape_without_a_message_says_what_it_asks_for(
    written: Path, constraint: str, message: str
) -> None:
    write(written / "shapes.ttl", on_values(constraint))
    [finding] = judge(written).findings
    assert message in finding.message()


def test_a_query_without_a_message_says_that_it_finds_the_node(written: Path) -> None:
    query = 'sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ]'
    write(written / "shapes.ttl", f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; {query} .")
    messages = {finding.message() for finding in judge(written).findings}
    assert messages == {"The query of the shape finds this node."}


def test_the_shapes_of_the_w3c_for_shapes_run_as_shapes(written: Path) -> None:
    shapes = [str(asset("shacl-shacl.ttl"))]
    assert validate_files([written / "shapes.ttl"], shapes, allow_empty=["*"]).conforms
    write(written / "bad.ttl", on_values('sh:minCount "one" ; sh:path ex:q'))
    report = validate_files([written / "bad.ttl"], shapes, allow_empty=["*"])
    assert {finding.severity for finding in report.findings} == {"Violation"}


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        (on_values("sh:pattern '(' "), "no engine can judge sh:pattern"),
        (on_values("sh:pattern 'a' ; sh:flags 'z'"), "the flags 'z'"),
        (on_values("sh:js ex:f"), "a feature that no engine here runs"),
    ],
)
def test_what_cannot_be_judged_is_an_error(written: Path, shape: str, problem: str) -> None:
    write(written / "shapes.ttl", shape)
    with pytest.raises(ShapesError, match=problem):
        judge(written)


def test_shapes_that_are_all_switched_off_validate_nothing(written: Path) -> None:
    write(written / "shapes.ttl", on_values("sh:minCount 1") + "ex:S sh:deactivated true .")
    with pytest.raises(NothingValidatedError, match="no shape has a target and is active"):
        judge(written)


@pytest.mark.parametrize(
    "term", ["dash:scriptConstraint ex:f", "dash:reifiableBy ex:R", "dash:nosuch 1"]
)
def test_a_constraint_that_nobody_runs_fails_unless_it_is_allowed(written: Path, term: str) -> None:
    write(written / "shapes.ttl", on_values(f"sh:minCount 1 ; {term}"))
    name = term.partition(" ")[0]
    with pytest.raises(ShapesError, match=f"shapes.ttl:9:[0-9]+: {name} is no constraint that"):
        judge(written)
    report = judge(written, allow_not_run=True)
    assert report.conforms
    assert [(f.rule, f.severity) for f in report.findings] == [("shapes:not-run", "Info")]


def test_hints_to_forms_ask_for_nothing(written: Path) -> None:
    hints = "dash:editor dash:TextFieldEditor ; dash:propertyRole dash:LabelRole"
    write(written / "shapes.ttl", on_values(f"sh:minCount 1 ; {hints}"))
    assert judge(written).findings == []


ENGINES = ("oxigraph", "pyshacl")
CODE = VOCABULARY + "code/category#state"
OF_ALL = """
    ex:S a sh:NodeShape ; sh:targetClass <http://www.w3.org/2004/02/skos/core#Concept>, owl:Class ; sh:targetSubjectsOf rdf:first, rdfs:label ;
        sh:property [ sh:path ex:p ; sh:minCount 1 ] .
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_shapes_of_others_find_nothing_in_our_vocabulary(written: Path, engine: str) -> None:
    write(
        written / "data.ttl",
        "ex:a a owl:Class ; ex:p 1 . ex:b a <http://www.w3.org/2004/02/skos/core#Concept> .",
    )
    write(written / "shapes.ttl", OF_ALL)
    report = validate_files([written / "data.ttl"], [str(written / "shapes.ttl")], engine)
    assert [finding.about[0] for finding in report.findings] == ["ex:b"]


@pytest.mark.parametrize("engine", ENGINES)
def test_nor_do_they_if_the_data_use_it(written: Path, engine: str) -> None:
    write(
        written / "data.ttl",
        f"ex:a <{MSC}category> <{CODE}> ; ex:p 1 . ex:b a <http://www.w3.org/2004/02/skos/core#Concept> .",
    )
    shapes = f"ex:T a sh:NodeShape ; sh:targetSubjectsOf <{MSC}category> ; sh:property [ sh:path <{MSC}category> ; sh:class <http://www.w3.org/2004/02/skos/core#Concept> ] ."
    write(written / "shapes.ttl", shapes + OF_ALL)
    report = validate_files([written / "data.ttl"], [str(written / "shapes.ttl")], engine)
    # The code is a concept, as our code lists say, and the data mention it, so it is looked at.
    assert {finding.about[0] for finding in report.findings} == {"ex:b", "category:state"}
    assert {finding.rule for finding in report.findings} == {"ex:S ex:p"}
