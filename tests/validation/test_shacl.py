"""The fast engine finds what pySHACL finds, for every constraint component of SHACL Core."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from pariscall.errors import NothingValidatedError, ShapesError
from pariscall.validation.datatypes import find_ill_typed
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.pyshacl import PyShaclEngine
from pariscall.validation.shacl.result import ValidationResult, in_order

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DATA = """
ex:Cat rdfs:subClassOf ex:Animal .
ex:tom a ex:Cat ; ex:name "Tom" , "Tomas"@es , "Thomas"@en , "Tommy"@en ; ex:age 7 ;
    ex:born "2015-05-01"^^xsd:date ; ex:died "2014-05-01"^^xsd:date ; ex:likes ex:jerry , ex:tom ;
    ex:home <http://house.example/> ; ex:weight 4.5 ; ex:friend ex:jerry ; ex:also ex:jerry .
ex:jerry a ex:Animal ; ex:name "Jerry" , "J" ; ex:age "seven" ; ex:born "yesterday"^^xsd:date ;
    ex:likes ex:cheese ; ex:friend ex:tom , ex:spike ; ex:also ex:tom ; ex:note [ ex:text "x" ] .
ex:spike a ex:Animal ; ex:name "Spike"@en-GB ; ex:age 12 ; ex:born 2015 ;
    ex:extra "surplus" , "more" ; ex:next ex:tyke .
ex:tyke ex:next ex:rex . ex:rex ex:next ex:fido .
"""

NODE = "ex:Shape a sh:NodeShape ; sh:targetClass ex:Animal ;"
PROPERTY = "ex:Shape a sh:PropertyShape ; sh:targetClass ex:Animal ;"

# One or more shapes for each constraint component, target and kind of path.
CASES = {
    "class": f"{PROPERTY} sh:path ex:likes ; sh:class ex:Animal .",
    "datatype": f"{PROPERTY} sh:path ex:age ; sh:datatype xsd:integer .",
    "datatype of ill-typed values": f"{PROPERTY} sh:path ex:born ; sh:datatype xsd:date .",
    "datatype langString": f"{PROPERTY} sh:path ex:name ; sh:datatype rdf:langString .",
    "nodeKind": f"{PROPERTY} sh:path ex:likes ; sh:nodeKind sh:Literal .",
    "nodeKind of the focus node": f"{NODE} sh:nodeKind sh:BlankNode .",
    "minCount": f"{PROPERTY} sh:path ex:likes ; sh:minCount 1 .",
    "minCount 2": f"{PROPERTY} sh:path ex:name ; sh:minCount 2 .",
    "maxCount": f"{PROPERTY} sh:path ex:name ; sh:maxCount 1 .",
    "maxCount 0": f"{PROPERTY} sh:path ex:extra ; sh:maxCount 0 .",
    "minExclusive": f"{PROPERTY} sh:path ex:age ; sh:minExclusive 7 .",
    "minInclusive": f"{PROPERTY} sh:path ex:age ; sh:minInclusive 8 .",
    "maxExclusive": f"{PROPERTY} sh:path ex:age ; sh:maxExclusive 12 .",
    "maxInclusive": f"{PROPERTY} sh:path ex:age ; sh:maxInclusive 11 .",
    "minLength": f"{PROPERTY} sh:path ex:name ; sh:minLength 2 .",
    "maxLength": f"{PROPERTY} sh:path ex:name ; sh:maxLength 5 .",
    "pattern": f'{PROPERTY} sh:path ex:name ; sh:pattern "^T" .',
    "pattern with flags": f'{PROPERTY} sh:path ex:name ; sh:pattern "^t" ; sh:flags "i" .',
    "pattern of an IRI": f'{NODE} sh:pattern "jerry$" .',
    "languageIn": f'{PROPERTY} sh:path ex:name ; sh:languageIn ( "en" ) .',
    "uniqueLang": f"{PROPERTY} sh:path ex:name ; sh:uniqueLang true .",
    "equals": f"{PROPERTY} sh:path ex:friend ; sh:equals ex:also .",
    "disjoint": f"{PROPERTY} sh:path ex:friend ; sh:disjoint ex:also .",
    "lessThan": f"{PROPERTY} sh:path ex:born ; sh:lessThan ex:died .",
    "lessThanOrEquals": f"{PROPERTY} sh:path ex:age ; sh:lessThanOrEquals ex:weight .",
    "not": f"{PROPERTY} sh:path ex:likes ; sh:not [ sh:class ex:Animal ] .",
    "and": f"{NODE} sh:and ( [ sh:property [ sh:path ex:extra ; sh:minCount 1 ] ] [ sh:nodeKind sh:IRI ] ) .",
    "or": f"{NODE} sh:or ( [ sh:property [ sh:path ex:extra ; sh:minCount 1 ] ] [ sh:class ex:Cat ] ) .",
    "xone": f"{NODE} sh:xone ( [ sh:property [ sh:path ex:likes ; sh:minCount 1 ] ] [ sh:class ex:Cat ] ) .",
    "node": f"{PROPERTY} sh:path ex:friend ; sh:node [ sh:property [ sh:path ex:extra ; sh:minCount 1 ] ] .",
    "node in node": f"{PROPERTY} sh:path ex:friend ; sh:node [ sh:node [ sh:class ex:Cat ] ] .",
    "property of a property": f"{PROPERTY} sh:path ex:friend ; sh:property ex:Inner ."
    " ex:Inner sh:path ex:likes ; sh:minCount 1 ; sh:severity sh:Info .",
    "qualifiedMinCount": f"{PROPERTY} sh:path ex:friend ; sh:qualifiedValueShape [ sh:class ex:Cat ] ;"
    " sh:qualifiedMinCount 1 .",
    "qualifiedMaxCount": f"{PROPERTY} sh:path ex:friend ; sh:qualifiedValueShape [ sh:class ex:Animal ] ;"
    " sh:qualifiedMaxCount 1 .",
    "closed": f"{NODE} sh:closed true ; sh:ignoredProperties ( rdf:type ex:name ) ;"
    " sh:property [ sh:path ex:age ] .",
    "hasValue": f'{PROPERTY} sh:path ex:name ; sh:hasValue "Tom" .',
    "hasValue of the focus node": f"{NODE} sh:hasValue ex:tom .",
    "in": f'{PROPERTY} sh:path ex:name ; sh:in ( "Tom" "Spike"@en-GB ) .',
    "in tells numbers apart": f"{PROPERTY} sh:path ex:age ; sh:in ( 7.0 12 ) .",
    "sparql": f'{NODE} sh:message "{{?value}} is extra"@en , "{{?value}} est en trop"@fr ;'
    ' sh:sparql [ sh:message "{?value} is extra"@en , "{?value} est en trop"@fr ;'
    ' sh:select "SELECT $this ?value WHERE { $this <http://example.org/extra> ?value }" ] .',
    "sparql with prefixes and path": f"{NODE} sh:severity sh:Warning ; sh:sparql ex:Query ."
    ' ex:Query sh:prefixes ex:Prefixes ; sh:message "no"@en ;'
    ' sh:select "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(?path = ex:extra) }" .'
    ' ex:Prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .',
    "targetNode": "ex:Shape a sh:NodeShape ; sh:targetNode ex:tom , ex:missing ; sh:class ex:Dog .",
    "targetSubjectsOf": "ex:Shape a sh:NodeShape ; sh:targetSubjectsOf ex:extra ; sh:class ex:Cat .",
    "targetObjectsOf": "ex:Shape a sh:NodeShape ; sh:targetObjectsOf ex:likes ; sh:class ex:Cat .",
    "several targets": f"{NODE} sh:targetNode ex:cheese ; sh:targetObjectsOf ex:friend ; sh:class ex:Cat .",
    "a class that is a shape": "ex:Animal a rdfs:Class , sh:NodeShape ; sh:class ex:Cat .",
    "inverse path": f"{PROPERTY} sh:path [ sh:inversePath ex:friend ] ; sh:minCount 2 .",
    "sequence path": f"{PROPERTY} sh:path ( ex:friend ex:name ) ; sh:maxLength 4 .",
    "alternative path": f"{PROPERTY} sh:path [ sh:alternativePath ( ex:extra ex:likes ) ] ; sh:maxCount 1 .",
    "path of zero or more": f"{PROPERTY} sh:path [ sh:zeroOrMorePath ex:next ] ; sh:maxCount 3 .",
    "path of one or more": f"{PROPERTY} sh:path [ sh:oneOrMorePath ex:next ] ; sh:class ex:Cat .",
    "path of zero or one": f"{PROPERTY} sh:path [ sh:zeroOrOnePath ex:next ] ; sh:class ex:Cat .",
    "a severity of one's own": f"{PROPERTY} sh:path ex:likes ; sh:minCount 1 ; sh:severity ex:Bad .",
    "datatype of a derived number": f"{PROPERTY} sh:path ex:age ; sh:datatype xsd:nonNegativeInteger .",
    "datatype gMonthDay": f"{PROPERTY} sh:path ex:born ; sh:datatype xsd:gMonthDay .",
    "minCount 5": f"{PROPERTY} sh:path ex:name ; sh:minCount 5 .",
    "pattern beyond XPath": f'{PROPERTY} sh:path ex:name ; sh:pattern "^(?=Th)" .',
    "qualified values of siblings": f"{NODE} sh:property [ sh:path ex:friend ; sh:qualifiedMinCount 1 ;"
    " sh:qualifiedValueShape [ sh:class ex:Animal ] ; sh:qualifiedValueShapesDisjoint true ] ,"
    " [ sh:path ex:friend ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ex:Cat ] ;"
    " sh:qualifiedValueShapesDisjoint true ] .",
    "sparql inside": f"{PROPERTY} sh:path ex:friend ; sh:node [ sh:sparql"
    ' [ sh:select "SELECT $this WHERE { $this <http://example.org/extra> ?value }" ] ] .',
    "an equal result for each pair": f"{PROPERTY} sh:path ex:age ; sh:lessThan ex:name .",
    "a shape switched off inside": f"{NODE} sh:property [ sh:path ex:extra ; sh:maxCount 0 ;"
    " sh:deactivated true ] ; sh:class ex:Cat .",
}


def quads(turtle: str) -> list[Quad]:
    return list(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


def essence(findings: list[ValidationResult]) -> list[ValidationResult]:
    """Leave out what differs by design: the default messages."""
    return in_order(replace(finding, messages=()) for finding in findings)


@pytest.mark.parametrize("name", CASES)
def test_both_engines_find_the_same(name: str) -> None:
    shapes, data = quads(CASES[name]), quads(DATA)
    found = OxigraphEngine(shapes).validate(data)
    assert found
    assert essence(found) == essence(PyShaclEngine(shapes).validate(data))


def test_an_ill_typed_value_cannot_be_compared_whatever_pyshacl_makes_of_it() -> None:
    """What cannot be compared violates (https://www.w3.org/TR/shacl/#LessThanConstraintComponent)."""
    shapes = quads(f"{PROPERTY} sh:path ex:born ; sh:lessThanOrEquals ex:died .")
    data = quads(
        'ex:tom a ex:Animal ; ex:born "2018-02-30"^^xsd:date ; ex:died "2019-01-01"^^xsd:date .'
    )
    assert len(OxigraphEngine(shapes).validate(data)) == 1
    assert PyShaclEngine(shapes).validate(data) == []
    assert len(find_ill_typed(data)) == 1  # so that the verdict is the same


@pytest.mark.parametrize("name", ["sparql", "sparql with prefixes and path"])
def test_messages_of_sparql_constraints_keep_their_values_and_languages(name: str) -> None:
    shapes, data = quads(CASES[name]), quads(DATA)
    found = OxigraphEngine(shapes).validate(data)
    assert found == PyShaclEngine(shapes).validate(data)
    assert {lang for finding in found for lang, _ in finding.messages} <= {"en", "fr"}
    if name == "sparql":
        assert {finding.message("fr") for finding in found} == {
            "more est en trop",
            "surplus est en trop",
        }


@pytest.mark.parametrize(
    "shape",
    [
        f"{NODE} sh:mincount 1 .",
        f'{NODE} sh:rule [ sh:construct "x" ] .',
        f"{NODE} sh:property [ sh:path ex:name ; sh:expression ex:e ] .",
    ],
)
def test_what_no_engine_understands_is_refused(shape: str) -> None:
    with pytest.raises(ShapesError, match="no engine can judge sh:"):
        OxigraphEngine(quads(shape))


def test_each_solution_of_a_query_is_a_result() -> None:
    """Section 5.3.2 of the recommendation; pySHACL counts equal ones once."""
    select = "SELECT $this WHERE { $this <http://example.org/name> ?name }"
    found = OxigraphEngine(quads(f"{NODE} sh:sparql [ sh:select '{select}' ] ."))
    assert len(found.validate(quads(DATA))) == 7


def test_what_stands_beside_the_shapes_is_passed_over() -> None:
    """Reports, results and words of one's own may be in a file of shapes."""
    report = "[] a sh:ValidationReport ; sh:conforms false ; sh:result [ sh:focusNode ex:tom ] ."
    found = OxigraphEngine(quads(f"{PROPERTY} sh:path ex:age ; sh:maxCount 0 . {report}"))
    assert len(found.validate(quads(DATA))) == 3


@pytest.mark.parametrize("make", [OxigraphEngine, PyShaclEngine])
def test_shapes_that_would_validate_nothing_are_refused(
    make: type[OxigraphEngine | PyShaclEngine],
) -> None:
    with pytest.raises(NothingValidatedError, match="no shape has a target"):
        make(quads("ex:Shape a sh:NodeShape ; sh:class ex:Cat ."))


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        (f"{PROPERTY} sh:path [ ex:odd ex:name ] ; sh:minCount 1 .", "not a property path"),
        (f"{NODE} sh:or [ rdf:first ex:A ] .", "a list does not end"),
        (f'{NODE} sh:sparql [ sh:select "SELEKT" ] .', "not a SELECT query"),
        (f'{NODE} sh:sparql [ sh:select "SELECT $this {{ ?a }}" ] .', "not SPARQL: .*1:"),
        (f'{NODE} sh:sparql [ sh:select "ASK {{}}" ] .', "not a SELECT query"),
    ],
)
def test_broken_shapes_are_refused(shape: str, problem: str) -> None:
    with pytest.raises(ShapesError, match=problem):
        OxigraphEngine(quads(shape)).validate(quads(DATA))


def test_a_query_in_shapes_may_not_call_another_server() -> None:
    select = "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(ShapesError, match="SERVICE must not be"):
        OxigraphEngine(quads(f'{NODE} sh:sparql [ sh:select "{select}" ] .'))
