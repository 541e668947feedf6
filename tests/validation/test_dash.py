"""What people use of DASH and of SHACL 1.2 Core is run."""

from __future__ import annotations

import pytest

from pariscall.errors import ShapesError
from support.shacl import find, on_values

DATA = """
ex:a a ex:T ; ex:p {value} . ex:b a ex:T ; ex:p "same" . ex:u a ex:U ; ex:p "elsewhere" .
ex:V rdfs:subClassOf ex:U .
"""


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("dash:singleLine true", '"one line"', '"two\\nlines"'),
        ("dash:stem 'http://example.org/'", "ex:x", "<http://example.com/x>"),
        ("dash:uniqueValueForClass ex:T", '"other"', '"same"'),
        ("dash:uniqueValueForClass ex:T", '"elsewhere"', '"same"'),
        ("dash:coExistsWith ex:q", "1 ; ex:q 2", "1"),
        ("dash:hasValueIn ( 1 2 )", "2", "3"),
        ("dash:nonRecursive true", "ex:x", "ex:a"),
        ("dash:rootClass ex:U", "ex:V", "ex:W"),
        ("dash:subSetOf ex:q", "1 ; ex:q 1 , 2", "1 ; ex:q 2"),
        ("dash:symmetric true", "ex:x . ex:x ex:p ex:a", "ex:x"),
        ("sh:singleLine true", '"one line"', '"two\\rlines"'),
        ("sh:memberShape [ sh:nodeKind sh:IRI ]", "( ex:x ex:y )", "( ex:x 1 )"),
        ("sh:memberShape [ sh:nodeKind sh:IRI ]", "()", "ex:x"),
        ("sh:uniqueMembers true", "( 1 1.0 )", "( 1 2 1 )"),
        ("sh:minListLength 2", "( 1 2 )", "( 1 )"),
        ("sh:maxListLength 2", "( 1 2 )", "( 1 2 3 )"),
        ("sh:minListLength 0", "()", "[ rdf:first 1 ]"),
    ],
)
def test_a_value_that_breaks_the_constraint_is_found(constraint: str, good: str, bad: str) -> None:
    def found(value: str) -> int:
        data = DATA.replace("{value}", value)
        return sum(str(r.focus).endswith("/a>") for r in find(on_values(constraint), data))

    assert found(good) == 0
    assert found(bad) == 1


def test_a_component_says_what_is_wrong() -> None:
    [result] = find(
        on_values("dash:stem 'http://example.org/'"), "ex:a a ex:T ; ex:p <http://e/> ."
    )
    assert result.message() == "Value does not have stem http://example.org/"


@pytest.mark.parametrize("term", ["sh:someValue", "sh:nodeByExpression", "sh:reifierShape"])
def test_what_else_shacl_1_2_adds_is_refused(term: str) -> None:
    with pytest.raises(ShapesError, match=f"no engine can judge {term}"):
        find(on_values(f"{term} ex:x"), "ex:a a ex:T .")
