"""Shapes that demand less than they seem to are refused, on the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.namespace import SH

from pariscall.errors import NothingValidatedError, ShapesError
from pariscall.validation.rulesets import open_rules
from pariscall.validation.shacl.vocabulary import OF_NEXT, asset, is_beyond, terms
from pariscall.validation.shape_files import SETS

HEAD = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
@prefix msc: <https://w3id.org/mscall/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:S a sh:NodeShape ; sh:targetClass ex:C ;
"""
PROPERTY = " sh:property [ sh:path ex:p ;\n "

BROKEN = {
    PROPERTY
    + "sh:mincount 1 ] .": "s.ttl:7:2: sh:mincount is not a term of SHACL. Did you mean sh:minCount?",
    " sh:nodeKind sh:Iri .": "s.ttl:6:14: sh:Iri is not a term of SHACL. Did you mean sh:IRI?",
    " sh:class ex:D ; sh:severity sh:Eror .": "s.ttl:6:30: sh:Eror is not a term of SHACL.",
    " sh:rule [ a sh:SPARQLRule ] .": "s.ttl:6:2: sh:rule is a feature that no engine here runs.",
    " sh:class ex:D . ex:S sh:target [ a sh:SPARQLTarget ] .": "s.ttl:6:23: sh:target is a feature",
    " sh:js [] .": "s.ttl:6:2: sh:js is a feature that no engine here runs.",
    " sh:class ex:D . <> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .": "sh:entailment is a",
    " sh:node ex:T .": "s.ttl:6:2: sh:node refers to ex:T, which is not described.",
    " sh:or ( ex:T ex:U ) .": "s.ttl:6:2: sh:or refers to ex:T, which is not described.",
    PROPERTY
    + 'sh:flags "i" ; sh:minCount 1 ] .': "s.ttl:7:2: sh:flags has no effect without sh:pattern.",
    PROPERTY
    + "sh:qualifiedMinCount 1 ] .": "sh:qualifiedMinCount has no effect without sh:qualifiedValueShape.",
    " sh:ignoredProperties ( ex:p ) .": "s.ttl:6:2: sh:ignoredProperties has no effect without sh:closed.",
    ' sh:message "Nothing asked." .': "s.ttl:5:1: the shape ex:S has a target but demands nothing.",
    PROPERTY
    + 'sh:minCount "one" ] .': 's.ttl:7:14: sh:minCount "one" is not well-formed SHACL: the value is not of the right datatype.',
    " sh:property [ sh:minCount 1 ] .": "s.ttl:6:14: sh:path is not well-formed SHACL: it is missing.",
    PROPERTY
    + "sh:minCount 1 ; sh:minCount 2 ] .": "sh:minCount is not well-formed SHACL: there may be fewer only.",
    " sh:property [ sh:path msc:sicne ; sh:maxCount 1 ] .": "s.ttl:6:24: msc:sicne is not a term of the ontology.",
    " sh:or ( ex:T": "s.ttl:6",
}


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "s.ttl"


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_shape_is_named_with_its_line(shapes: Path, fault: str) -> None:
    shapes.write_text(HEAD + fault.replace("<>", "<http://example.org/>"), encoding="utf-8")
    with pytest.raises(ShapesError) as error:
        open_rules([shapes.name])
    assert BROKEN[fault] in str(error.value)
    assert error.value.exit_code == 5


def test_every_problem_is_told_once(shapes: Path) -> None:
    body = PROPERTY + "sh:mincount 1 ; sh:maxcount 2 ] ; sh:node ex:T ."
    shapes.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(ShapesError) as error:
        open_rules([shapes.name])
    assert len(str(error.value).split("\n")) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "s.ttl: the file holds no triple."),
        ("<http://example.org/s> <http://example.org/p> 1 .", "no shape has a target"),
        (HEAD + " sh:class ex:D ; sh:deactivated true .", "no shape has a target"),
    ],
)
def test_shapes_that_validate_nothing_are_refused(shapes: Path, text: str, problem: str) -> None:
    shapes.write_text(text, encoding="utf-8")
    with pytest.raises(NothingValidatedError, match=problem) as error:
        open_rules([shapes.name])
    assert error.value.exit_code == 6


def test_an_import_of_another_file_that_is_named_is_followed(shapes: Path) -> None:
    other = shapes.with_name("other.ttl")
    shapes.write_text(
        HEAD + " sh:node ex:T . ex:S <http://www.w3.org/2002/07/owl#imports> ex:other .",
        encoding="utf-8",
    )
    other.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> ."
        "ex:other a ex:Shapes . ex:T a sh:NodeShape ; sh:class ex:D .",
        encoding="utf-8",
    )
    assert open_rules([shapes.name, other.name]).names() == ["ex:S"]


@pytest.mark.slow
def test_the_bundled_shapes_are_sound() -> None:
    names = list(dict.fromkeys(str(path) for paths in SETS.values() for path in paths))
    assert open_rules(names).files


def test_the_terms_are_those_of_the_recommendation_and_its_notes() -> None:
    known = {name for name in SH.__annotations__ if not name.startswith("_")}
    hyphenated_or_keywords = terms() - known - OF_NEXT
    assert known <= terms()
    assert all(name in SH for name in hyphenated_or_keywords)
    assert hyphenated_or_keywords > {"and", "class", "in", "not", "or"}
    assert {"rule", "SPARQLTarget", "jsLibrary", "entailment"} <= set(filter(is_beyond, terms()))
    assert not any(map(is_beyond, ("minCount", "sparql", "select", "ask", "validator", "not")))


def test_what_the_w3c_wrote_comes_with_pyshacl() -> None:
    assert asset("shacl-shacl.ttl").exists()
