"""The look never misses: with it and without it, the engine finds the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from pyoxigraph import NamedNode, Quad

from pariscall.errors import ShapesError
from pariscall.rdf.namespaces import BASE
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shacl.look.graph import spelled
from pariscall.validation.shacl.look.look import Look
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult
from pariscall.validation.shacl.shapes import ShapesGraph
from pariscall.validation.shape_files import FOREIGN, PUBLISHED, SETS
from support.drawn_shapes import data_graphs, shapes_graphs
from support.faults import FAULTS
from support.faulty_examples import with_faults
from support.shacl import on_values, read
from support.w3c_shacl import FAILURE, FOLDER, MISSING, cases, files

GROUPS = 24  # of faults, each group in one graph
_MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def found(shapes: Sequence[Quad], data: Sequence[Quad], *, looks: bool) -> list[ValidationResult]:
    return OxigraphEngine(shapes, looks_first=looks).validate(data)


def check_alike(shapes: Sequence[Quad], data: Sequence[Quad]) -> list[ValidationResult]:
    """Check that the engine finds the same with the look and without it; return it."""
    results = found(shapes, data, looks=False)
    assert found(shapes, data, looks=True) == results
    return results


def pairs(shapes: str, data: str) -> set[str]:
    """Return the focus nodes that the look stops, without their prefix."""
    look = Look(ShapesGraph(read(shapes)))
    assert not look.inexpressible
    statements = spelled(read(data))
    look.add(statements)
    return {focus.rpartition("/")[2][:-1] for _, focus in look.failing(statements)}


def test_the_shapes_of_the_gate_are_compiled_and_others_are_named() -> None:
    assert Look(ShapesGraph(read_shapes(PUBLISHED)), is_streaming=True).inexpressible == {}
    assert Look(ShapesGraph(read_shapes(FOREIGN))).inexpressible == {}
    left = Look(ShapesGraph(read_shapes(SETS)), is_streaming=True).inexpressible
    assert left == {NamedNode(BASE + "shapes#raw-nature-known"): "a query with BIND"}


@pytest.fixture(scope="module")
def engines() -> list[OxigraphEngine]:
    shapes = read_shapes(SETS)
    return [OxigraphEngine(shapes, looks_first=looks) for looks in (False, True)]


# That the engine that looks first finds each fault by itself is tested in test_shapes.
@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_the_faults_of_a_group_are_found_alike(
    group: int, example: list[Quad], engines: list[OxigraphEngine]
) -> None:
    faulty = with_faults(example, list(FAULTS)[group::GROUPS])
    exact, looking = (engine.validate(faulty) for engine in engines)
    assert exact
    assert looking == exact


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.exists(), reason=MISSING)
def test_the_suite_of_the_w3c_is_judged_alike() -> None:
    for path in files():
        for case in cases(path):
            if case.report != FAILURE:
                check_alike(case.shapes, case.data)


def is_runnable(shapes: str) -> bool:
    try:
        OxigraphEngine(read(shapes))
    except ShapesError:
        return False
    return True


@pytest.mark.slow
@_MANY
@given(shapes=shapes_graphs(), data=data_graphs())
def test_drawn_shapes_and_data_are_judged_alike(shapes: str, data: str) -> None:
    assume(is_runnable(shapes))
    check_alike(read(shapes), read(data))


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("sh:minInclusive 1", "1.0", '"one"'),
        ("sh:datatype xsd:integer", "01", '"x"^^xsd:integer'),
        ("sh:in ( 1 )", "1", "1.0"),
        ('sh:languageIn ( "EN" )', '"a"@en-GB', '"a"@eng'),
        ("sh:class ex:Above", "ex:below", "ex:beside"),
        ('sh:pattern "^.$"', '"é"', '"\\n"'),
        ('sh:pattern "a$"', '"a"', '"a\\n"'),
        ('sh:pattern "^i$" ; sh:flags "i"', '"I"', '"İ"'),
        ("sh:lessThan ex:q", '"2020-01-01"^^xsd:date', '"2020-12-31Z"^^xsd:date'),
        ("sh:not [ sh:not [ sh:nodeKind sh:IRI ] ]", "ex:a", '"a"'),
        ("sh:nodeKind sh:Literal", '"<<"', "<<( ex:a ex:b ex:c )>>"),
    ],
)
def test_only_what_violates_is_stopped(constraint: str, good: str, bad: str) -> None:
    data = f"""
        ex:Below rdfs:subClassOf ex:Above . ex:below a ex:Below . ex:beside a ex:Beside .
        ex:good a ex:T ; ex:p {good} ; ex:q "2020-12-31"^^xsd:date .
        ex:bad a ex:T ; ex:p {bad} ; ex:q "2020-12-31"^^xsd:date .
    """
    assert pairs(on_values(constraint), data) == {"bad"}
    assert check_alike(read(on_values(constraint)), read(data))


def test_a_value_that_passed_is_asked_again_when_less_is_known() -> None:
    look = Look(ShapesGraph(read(on_values("sh:class ex:C"))), is_streaming=True)
    for description, failing in (("ex:value a ex:C .", 0), ("", 1), ("ex:value a ex:C .", 0)):
        document = spelled(read(f"ex:node a ex:T ; ex:p ex:value . {description}"))
        look.show(document)
        assert len(list(look.failing(document))) == failing
        look.hide()


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("sh:node ex:S", "refer to themselves"),
        ("sh:property [ sh:path ex:p ; sh:memberShape [ ] ]", "lists"),
        ('sh:property [ sh:path ex:p ; sh:sparql [ sh:select "SELECT $this {}" ] ]', "query"),
        ('sh:sparql [ sh:select "SELECT $this { OPTIONAL { $this a 1 } }" ]', "OPTIONAL"),
        ('sh:sparql [ sh:select "SELECT $this { $this a/a 1 }" ]', "query"),
        ("dash:singleLine true", "one's own"),
    ],
)
def test_what_a_look_cannot_tell_is_named(shape: str, reason: str) -> None:
    shapes = read(f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; {shape} .")
    engine = OxigraphEngine(shapes)
    assert reason in " ".join(engine.judged_whole.values())
