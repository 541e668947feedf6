"""Documents that are judged one by one, by whoever, have the findings of the whole graph."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from pariscall.validation.shacl.look.graph import spelled
from pariscall.validation.shacl.look.survey import Survey
from pariscall.validation.shacl.look.terms import Statements
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult
from pariscall.validation.streaming import Judge, neighbours, survey_context
from support.drawn_shapes import data_graphs, shapes_graphs
from support.shacl import is_streamable, read

PERSON = "ex:S a sh:NodeShape ; sh:targetClass ex:T ;"
_MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def cut(data: Sequence[Quad], documents: int) -> list[Statements]:
    """Cut data into documents by subject, a few subjects in each."""
    statements = spelled(data)
    found: list[dict[str, object]] = [{} for _ in range(documents)]
    for number, (subject, said) in enumerate(statements.items()):
        found[number % documents][subject] = said
    return [document for document in found if document]  # type: ignore[misc]


def judge_spans(
    shapes: Sequence[Quad], context: Sequence[Quad], documents: Sequence[Statements]
) -> list[ValidationResult]:
    """Judge documents in two spans that know of each other only what the survey says."""
    engine = OxigraphEngine(shapes)
    footprint = engine.look(is_streaming=True).footprint()
    survey = survey_context(footprint, context)
    for span in (documents[::2], documents[1::2]):
        part = Survey(footprint)
        for document in span:
            part.add(document)
        survey.merge(part)
    known = neighbours(survey, lambda: documents)
    found = Judge(engine, context, known).judge_known()
    for span in (documents[::2], documents[1::2]):
        found.merge(Judge(engine, context, known).judge(span))
    return found.in_order()


def check_alike(
    shapes: str, data: str, documents: int, context: str = ""
) -> list[ValidationResult]:
    quads, rules, more = read(data), read(shapes), read(context)
    whole = OxigraphEngine(rules, looks_first=False).validate([*more, *quads])
    assert judge_spans(rules, more, cut(quads, documents)) == whole
    return whole


@_MANY
@given(
    shapes=shapes_graphs(),
    data=data_graphs(),
    documents=st.integers(1, 4),
    context=st.one_of(st.just(""), data_graphs()),
)
def test_drawn_documents_are_judged_as_the_whole(
    shapes: str, data: str, documents: int, context: str
) -> None:
    assume(is_streamable(read(shapes)))
    named = [turtle.replace("_:d", "ex:d") for turtle in (data, context)]
    check_alike(shapes, named[0], documents, named[1])


def test_a_document_that_describes_a_node_of_the_context_is_judged() -> None:
    shapes = f"{PERSON} sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
    assert check_alike(shapes, "ex:a ex:p 1 , 2 . ex:b a ex:T .", 2, "ex:a a ex:T .")


@pytest.mark.parametrize(
    ("shapes", "data", "expected"),
    [
        (  # a reference to a document that is missing, and to one that is not
            f"{PERSON} sh:property [ sh:path ex:of ; sh:class ex:Call ] .",
            "ex:a a ex:T ; ex:of ex:gone . ex:b a ex:T ; ex:of ex:call . ex:call a ex:Call .",
            1,
        ),
        (  # what another document says backwards
            f"{PERSON} sh:property [ sh:path [ sh:inversePath ex:has ] ; sh:minCount 1 ] .",
            "ex:a a ex:T . ex:b ex:has ex:a . ex:c a ex:T .",
            1,
        ),
        (  # two parties with one identifier
            (
                "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:id ;"
                " sh:path [ sh:inversePath ex:id ] ; sh:maxCount 1 ."
            ),
            "ex:a ex:id ex:x . ex:b ex:id ex:x . ex:c ex:id ex:y .",
            1,
        ),
        (  # one identifier, named by another predicate elsewhere
            (
                "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:same ;"
                " sh:path [ sh:inversePath ex:id ] ; sh:minCount 1 ."
            ),
            "ex:a ex:id ex:x . ex:b ex:same ex:x . ex:c ex:same ex:z .",
            1,
        ),
        (  # two steps away
            f"{PERSON} sh:property [ sh:path ( ex:of ex:by ex:name ) ; sh:minCount 1 ] .",
            "ex:a a ex:T ; ex:of ex:b . ex:b ex:by ex:c . ex:c ex:name 'c' . ex:d a ex:T .",
            1,
        ),
        (  # classes that another document orders
            "ex:S a sh:NodeShape ; sh:targetClass ex:Top ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
            (
                "ex:a a ex:Low . ex:b a ex:Top ; ex:p 1 . ex:Low rdfs:subClassOf ex:Mid ."
                " ex:Mid rdfs:subClassOf ex:Top ."
            ),
            1,
        ),
        (  # a node that two documents describe is given by its name
            "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] .",
            "ex:a ex:q ex:n . ex:n ex:p 1 .",
            1,
        ),
        (  # a node that is given by its name, and that nothing describes
            (
                "ex:S a sh:NodeShape ; sh:targetNode ex:n ;"
                " sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:maxCount 0 ] ."
            ),
            "ex:a ex:q ex:n . ex:b ex:q ex:other .",
            1,
        ),
        (  # a query that compares two documents
            (
                f"{PERSON} sh:sparql [ sh:select '''SELECT $this ?value WHERE {{"
                " ?other <http://example.org/p> ?value . $this <http://example.org/q> ?other }''' ] ."
            ),
            "ex:a a ex:T ; ex:q ex:b . ex:b ex:p 1 . ex:c a ex:T ; ex:q ex:gone .",
            1,
        ),
        (  # a query about any node, which begins in a document and ends in another
            (
                "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value WHERE {"
                " ?value <http://example.org/q> ?o . FILTER NOT EXISTS { ?o a <http://example.org/T> } }''' ] ."
            ),
            "ex:a ex:q ex:b . ex:b a ex:T . ex:c ex:q ex:d . ex:d a ex:U .",
            1,
        ),
        (  # what two documents lead to, which is a result of each
            (
                f"{PERSON} sh:property [ sh:path ex:of ; sh:property [ sh:path ex:by ;"
                " sh:property [ sh:path ex:name ; sh:minCount 1 ] ] ] ."
            ),
            "ex:a a ex:T ; ex:of ex:o . ex:b a ex:T ; ex:of ex:o . ex:o ex:by ex:c . ex:c ex:q 1 .",
            2,
        ),
        (  # two documents with one text
            (
                "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:id ;"
                " sh:path [ sh:inversePath ex:id ] ; sh:maxCount 1 ."
            ),
            "ex:a ex:id 'x' . ex:b ex:id 'x' . ex:c ex:id 'y' .",
            1,
        ),
        (  # a query that joins documents by a text, and by values that are written differently
            (
                "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value {"
                " ?value <http://example.org/p> ?o . ?other <http://example.org/q> ?o }''' ] ."
            ),
            "ex:a ex:p 'x' . ex:b ex:q 'x' . ex:c ex:p 'y' . ex:d ex:p 01 . ex:e ex:q 1 .",
            2,
        ),
        (  # a code that must be in a list elsewhere
            (
                "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value {"
                " ?value <http://example.org/p> ?o . FILTER NOT EXISTS { ?c <http://example.org/q> ?o } }''' ] ."
            ),
            "ex:a ex:p 'x' . ex:b ex:q 'x' . ex:c ex:p 'y' .",
            1,
        ),
    ],
)
@pytest.mark.parametrize("documents", [1, 2, 3, 9])
def test_faults_that_cross_documents_are_found(
    shapes: str, data: str, expected: int, documents: int
) -> None:
    assert len(check_alike(shapes, data, documents)) == expected
