"""Shapes that refer to themselves have a verdict, whatever the data are."""

from __future__ import annotations

import pytest

from pariscall.errors import ShapesError
from support.shacl import find, values

BROADER = """
ex:S a sh:NodeShape ; sh:targetClass ex:T ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] , [ sh:path ex:broader ; sh:node ex:S ] .
"""


def chain(length: int, named: int | None = None) -> str:
    """Return a chain of nodes, of which all but one have a name."""
    named = length if named is None else named
    return "\n".join(
        f"ex:n{number} a ex:T ; ex:broader ex:n{number + 1} ; ex:name '{number}' ."
        if number != named
        else f"ex:n{number} a ex:T ."
        for number in range(length + 1)
    ).replace(f"ex:n{length} a ex:T .", f"ex:n{length} a ex:T ; ex:name 'last' .")


@pytest.mark.slow
@pytest.mark.parametrize("length", [1, 2, 40, 3_000])
def test_a_chain_has_a_verdict_however_long_it_is(length: int) -> None:
    assert find(BROADER, chain(length)) == []
    # A node violates where anything above it does.
    broken = find(BROADER, chain(length).replace(f"ex:name '{length - 1}'", "ex:note 'x'"))
    assert len([result for result in broken if result.component.startswith("Node")]) == length - 1
    assert len([result for result in broken if result.component.startswith("MinCount")]) == 1


def test_nodes_in_a_circle_conform_unless_something_violates() -> None:
    ring = "ex:a a ex:T ; ex:name 'a' ; ex:broader ex:b . ex:b a ex:T ; ex:name 'b' ; ex:broader ex:a ."
    assert find(BROADER, ring) == []
    assert len(find(BROADER, ring.replace("ex:name 'b' ;", ""))) == 3
    assert find(BROADER, "ex:a a ex:T ; ex:name 'a' ; ex:broader ex:a .") == []


def test_what_hangs_on_a_circle_shares_its_verdict() -> None:
    ring = "ex:a a ex:T ; ex:name 'a' ; ex:broader ex:b . ex:b a ex:T ; ex:broader ex:a ."
    hanging = "ex:c a ex:T ; ex:name 'c' ; ex:broader ex:a . ex:d a ex:T ; ex:name 'd' ; ex:broader ex:c ."
    assert values(BROADER, ring + hanging) == [
        *("<http://example.org/a>", "<http://example.org/a>"),
        *("<http://example.org/b>", "<http://example.org/c>", "None"),
    ]


def test_recursion_under_a_negation_is_decided_from_below() -> None:
    """Every second node of a chain wins: it can move to one that does not."""
    shapes = """
    ex:Win a sh:NodeShape ; sh:targetClass ex:T ;
        sh:property [ sh:path ex:move ; sh:qualifiedValueShape [ sh:not ex:Win ] ; sh:qualifiedMinCount 1 ] .
    """
    moves = "\n".join(f"ex:n{number} a ex:T ; ex:move ex:n{number + 1} ." for number in range(7))
    losing = {str(result.focus) for result in find(shapes, moves + " ex:n7 a ex:T .")}
    assert losing == {f"<http://example.org/n{number}>" for number in (1, 3, 5, 7)}


def test_a_property_shape_may_hold_itself() -> None:
    shapes = "ex:S a sh:PropertyShape ; sh:targetClass ex:T ; sh:path ex:next ; sh:nodeKind sh:IRI ; sh:property ex:S ."
    ring = "ex:a a ex:T ; ex:next ex:b . ex:b ex:next ex:a , 'text' ."
    assert values(shapes, ring) == ['"text"']


def test_blank_shapes_may_name_each_other() -> None:
    shapes = "_:a a sh:NodeShape ; sh:targetClass ex:T ; sh:node _:b . _:b sh:node _:a ; sh:nodeKind sh:BlankNode ."
    assert values(shapes, "ex:a a ex:T .") == ["<http://example.org/a>"]


def test_shapes_are_nested_no_deeper_than_can_be_followed() -> None:
    def nested(depth: int) -> str:
        links = "".join(f"ex:S{number} sh:node ex:S{number + 1} ." for number in range(depth))
        return (
            f"ex:S0 a sh:NodeShape ; sh:targetClass ex:T . {links} ex:S{depth} sh:nodeKind sh:IRI ."
        )

    assert find(nested(99), "ex:a a ex:T .") == []
    with pytest.raises(ShapesError, match="nested more than 100 deep"):
        find(nested(5_000), "ex:a a ex:T .")


def test_a_path_that_does_not_end_is_refused() -> None:
    shapes = "ex:S a sh:PropertyShape ; sh:targetClass ex:T ; sh:maxCount 1 ; sh:path _:p . _:p sh:inversePath _:p ."
    with pytest.raises(ShapesError, match="nested more than"):
        find(shapes, "ex:a a ex:T .")
