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
from support.crossing import CROSSING, PERSON
from support.drawn_shapes import data_graphs, shapes_graphs
from support.shacl import is_streamable, read

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


@pytest.mark.slow
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


@pytest.mark.parametrize(("shapes", "data", "expected"), CROSSING)
@pytest.mark.parametrize("documents", [1, 2, 3, 9])
def test_faults_that_cross_documents_are_found(
    shapes: str, data: str, expected: int, documents: int
) -> None:
    assert len(check_alike(shapes, data, documents)) == expected
