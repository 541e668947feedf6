"""Literals are judged as they are written, and compared by what they stand for.

A store of Oxigraph keeps the value of ``1.0`` and forgets how it is written.
"""

from __future__ import annotations

import pytest
from pyoxigraph import Quad

from pariscall.errors import ShapesError
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from support.shacl import find, on_values, read, values

# What a store would write otherwise, or cannot compute with.
UNRELATED = read("""
ex:other ex:size 1.0 , 0.90 , 405.0 , "007"^^xsd:integer , "1"^^xsd:boolean , "1E0"^^xsd:double ,
    "24:00:00"^^xsd:time , "5"^^xsd:byte , 123456789012345678901234567890 .
""")


@pytest.mark.parametrize(
    ("constraint", "value", "conforms"),
    [
        ("sh:in ( 1 )", '"01"^^xsd:integer', False),
        ('sh:in ( "01"^^xsd:integer )', '"01"^^xsd:integer', True),
        ('sh:in ( "01"^^xsd:integer )', "1", False),
        ("sh:in ( 1.0 )", "1.00", False),
        ('sh:in ( "true"^^xsd:boolean )', '"1"^^xsd:boolean', False),
        ("sh:hasValue 2.50", "2.50", True),
        ("sh:hasValue 2.50", "2.5", False),
        ('sh:hasValue "5"^^xsd:int', '"5"^^xsd:integer', False),
        ("sh:minLength 4", "1.00", True),
        ("sh:maxLength 3", "1.00", False),
        ('sh:pattern "^[0-9]+[.][0-9]{2}$"', "7.10", True),
        ('sh:pattern "^0"', '"007"^^xsd:integer', True),
        ("sh:datatype xsd:byte", '"5"^^xsd:byte', True),
        ("sh:datatype xsd:byte", '"500"^^xsd:byte', False),
        ("sh:datatype xsd:integer", '"5"^^xsd:byte', False),
        ("sh:datatype xsd:gMonthDay", '"--02-29"^^xsd:gMonthDay', True),
        ("sh:datatype xsd:date", '"-0044-03-15"^^xsd:date', True),
        ("sh:maxCount 1", "1.0 , 1.00", False),
        ("sh:equals ex:q", "1.0 ; ex:q 1.00", False),
        ("sh:disjoint ex:q", "1.0 ; ex:q 1.00", True),
        ("sh:disjoint ex:q", "1.0 ; ex:q 1.0", False),
        ("sh:minInclusive 1", "1.0", True),
        ("sh:minExclusive 1", "1.00", False),
        ("sh:maxInclusive 1.50", '"1.5E0"^^xsd:double', True),
        ("sh:maxInclusive 18446744073709551615", "5", True),
        ("sh:maxInclusive 18446744073709551615", "18446744073709551616", False),
        ("sh:minInclusive 0.1", "0.1000000000000000000000000000000000001", True),
        ("sh:maxInclusive 0.1", "0.1000000000000000000000000000000000001", False),
        ("sh:lessThan ex:q", "9.0 ; ex:q 10", True),
        ("sh:lessThan ex:q", '"2020-01-01"^^xsd:date ; ex:q "2020-01-02T00:00:00"^^xsd:dateTime', False),
        ("sh:lessThan ex:q", '"1" ; ex:q 2', False),
        ("sh:lessThanOrEquals ex:q", '"a" ; ex:q "b"', True),
        ("sh:lessThanOrEquals ex:q", "ex:a ; ex:q ex:b", False),
        ('sh:maxInclusive "2021-01-01T00:00:00Z"^^xsd:dateTime', '"2020-01-01T10:00:00"^^xsd:dateTime', True),
        ('sh:maxInclusive "2021-01-01T00:00:00Z"^^xsd:dateTime', '"2021-01-01T00:30:00"^^xsd:dateTime', False),
        ('sh:minInclusive "2018-02-30"^^xsd:date', '"2019-01-01"^^xsd:date', False),
        ("sh:maxInclusive 5", '"NaN"^^xsd:double', False),
        ("sh:maxInclusive " + "9" * 5000, "5", True),
        ("sh:minExclusive 5", "9" * 5000, True),
        ("sh:maxExclusive 0.1", "0.1" + "0" * 5000 + "1", False),
        ("sh:maxCount " + "9" * 5000, "5", True),
        ('sh:minInclusive "2020-01-01T00:00:00.1Z"^^xsd:dateTime', f'"2020-01-01T00:00:00.1{"0" * 40}1Z"^^xsd:dateTime', True),
        ('sh:maxInclusive "2020-01-01T00:00:00.1Z"^^xsd:dateTime', f'"2020-01-01T00:00:00.1{"0" * 40}1Z"^^xsd:dateTime', False),
        ('sh:maxInclusive "2020-01-02T00:00:00Z"^^xsd:dateTime', '"2020-01-01T24:00:00Z"^^xsd:dateTimeStamp', True),
        ('sh:maxInclusive "2020-01-02T00:00:00Z"^^xsd:dateTime', '"2020-01-01T24:00:00Z"^^xsd:dateTime', True),
        ('sh:minInclusive "2020-01-01"^^xsd:date', f'"{"9" * 30}-01-01"^^xsd:date', True),
        ('sh:minInclusive "2020-01-01Z"^^xsd:date', '"2020-01-01+05:00"^^xsd:date', False),
        ('sh:minInclusive "2020-01-01Z"^^xsd:date', '"2020-01-01"^^xsd:date', False),
        ('sh:minInclusive "2020-01-01Z"^^xsd:date', '"2020-01-02"^^xsd:date', True),
        ('sh:minInclusive "-0100-01-01"^^xsd:date', '"-0044-03-15"^^xsd:date', True),
        ('sh:minInclusive "PT23H"^^xsd:dayTimeDuration', '"P1D"^^xsd:dayTimeDuration', True),
        ('sh:minInclusive "P12M"^^xsd:yearMonthDuration', '"P1Y"^^xsd:yearMonthDuration', True),
        ('sh:minInclusive "P30D"^^xsd:duration', '"P1M"^^xsd:duration', False),
        ('sh:minInclusive "P27D"^^xsd:duration', '"P1M"^^xsd:duration', True),
        ('sh:maxInclusive "00:00:00"^^xsd:time', '"24:00:00"^^xsd:time', True),
        ("sh:maxInclusive 5", '"seven"^^xsd:integer', False),
    ],
)  # fmt: skip
def test_a_literal_is_a_term_and_its_value_is_compared(
    constraint: str, value: str, *, conforms: bool
) -> None:
    shapes, data = read(on_values(constraint)), read(f"ex:a a ex:T ; ex:p {value} .")
    alone = OxigraphEngine(shapes).validate(data)
    assert (not alone) is conforms
    engine = OxigraphEngine(shapes)
    assert engine.validate([*data, *UNRELATED]) == alone
    assert engine.name == "oxigraph"


def test_values_are_reported_as_they_are_written() -> None:
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    data = "ex:a a ex:T ; ex:p 1.0 , 2.50 ."
    assert values(on_values("sh:maxLength 2"), data) == [f'"1.0"{decimal}', f'"2.50"{decimal}']
    assert values(by_query("$this ex:p ?value . FILTER (?value < 2)"), data) == [f'"1.0"{decimal}']


def by_query(pattern: str) -> str:
    return (
        'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .'
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ;"
        f" sh:select '''SELECT $this ?value {{ {pattern} }}''' ] ."
    )


@pytest.mark.parametrize(
    ("pattern", "value", "found"),
    [
        ("$this ex:p ?value . FILTER (?value > 1)", "1.50", 1),
        ("$this ex:p ?value . FILTER (?value = 1)", "1.00", 1),
        ('$this ex:p ?value . FILTER REGEX(STR(?value), "^1[.]00$")', "1.00", 1),
        ('$this ex:p ?value . FILTER REGEX(STR(?value), "^1$")', "1.00", 0),
        ('$this ?any ?value . FILTER STRENDS(STR(?value), ".00")', "1.00", 1),
        ('$this ex:p ?value . FILTER (STR(?value) = "1.00")', "1.00", 1),
        ("$this ex:p ?value . FILTER (?value > 1 && STRLEN(STR(?value)) > 3)", "1.50", 1),
        ("$this ex:p ?value . FILTER (?value > 5)", "123456789012345678901234567890", 1),
    ],
)
def test_a_query_sees_values_and_how_they_are_written(pattern: str, value: str, found: int) -> None:
    assert len(find(by_query(pattern), f"ex:a a ex:T ; ex:p {value} .")) == found


@pytest.mark.parametrize("name", ["?any", "ex:p"])
def test_a_query_sees_each_way_in_which_a_value_is_written(name: str) -> None:
    written = ["1", "1.0", "1.00", "2.50", '"007"^^xsd:integer', "7"]
    query = f"$this {name} ?value . FILTER REGEX(STR(?value), '[0-9]')"
    found = values(by_query(query), f"ex:a a ex:T ; ex:p {' , '.join(written)} .")
    numbers = [value for value in found if "XMLSchema#" in value]
    assert [value.partition("^^")[0].strip('"') for value in numbers] == [
        *("007", "1", "1.0", "1.00", "2.50", "7"),
    ]


def test_a_query_about_other_predicates_finds_what_it_finds_without_odd_literals() -> None:
    query = by_query("$this ex:p ?value . FILTER (?value > 3 && STR(?value) != '5')")
    data = "ex:a a ex:T ; ex:p 4 , 5 , 6 , 'x'@en , 2 ."
    assert values(query, data) == values(query, f"{data} ex:other ex:size 1.0 , 1 , 007.5 .")
    assert len(values(query, data)) == 2


def test_only_a_query_that_needs_both_is_left_to_rdflib_and_named() -> None:
    both = "$this ex:p ?value . FILTER (?value > 1 && STRLEN(STR(?value)) > 3)"
    shapes = read(
        by_query(both) + "ex:Other a sh:NodeShape ; sh:targetClass ex:T ; sh:nodeKind sh:IRI ."
    )
    engine = OxigraphEngine(shapes)
    assert len(engine.validate(read("ex:a a ex:T ; ex:p 1.50 ."))) == 1
    assert engine.name == (
        "oxigraph; rdflib for the query of <http://example.org/S>, because it compares values and "
        'reads how literals like "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> are written'
    )
    engine = OxigraphEngine(shapes)
    engine.validate([*read("ex:a a ex:T ; ex:p 7 ."), *UNRELATED])
    assert engine.name == "oxigraph"


@pytest.mark.parametrize(
    "pattern",
    [
        "$this ex:p ?value . ?other ex:p ?value FILTER (?other != $this && STR(?value) = 'x')",
        "$this ex:p ?value FILTER (STRLEN(STR(?value)) < 5 && STR(?value) != 'x')",
        "$this ex:p/^ex:q ?value FILTER (STR(?value) > STR($this))",
    ],
)
def test_a_query_that_names_other_predicates_only_stays_with_oxigraph(pattern: str) -> None:
    engine = OxigraphEngine(read(by_query(pattern)))
    engine.validate([*read("ex:a a ex:T ; ex:p 7 ."), *UNRELATED])
    assert engine.name == "oxigraph"


def test_what_rdflib_cannot_read_is_an_error_of_its_own() -> None:
    both = "$this ex:p ?value . FILTER (?value > 1 && STRLEN(STR(?value)) > 3)"
    data = "ex:a a ex:T ; ex:p 1.50 . ex:r rdf:reifies <<( ex:a ex:p 1.50 )>> ."
    with pytest.raises(ShapesError, match="no engine can judge"):
        find(by_query(both), data)


def test_statements_about_statements_are_read() -> None:
    data = 'ex:a a ex:T ; ex:p "A" {| ex:confidence 0.90 |} .'
    assert find(on_values("sh:minCount 1"), data) == []
    assert len(find(on_values("sh:maxLength 0"), data)) == 1


def test_an_unrelated_literal_costs_no_more_than_itself() -> None:
    """Nothing goes to another engine, and nothing is looked at twice."""
    shapes = read(on_values('sh:pattern "^[^x]*$" ; sh:minInclusive 0'))
    data: list[Quad] = read("ex:a a ex:T ; ex:p 1 .")
    assert OxigraphEngine(shapes).validate([*data, *UNRELATED]) == OxigraphEngine(shapes).validate(
        data
    )


@pytest.mark.parametrize(
    ("ask", "value", "conforms"),
    [
        ("STRLEN(STR($value)) <= $most", "1.50", False),
        ("STRLEN(STR($value)) <= $most", "1.5", True),
        ("REGEX(STR($value), '50$')", "1.50", True),
        ("sameTerm($value, 1.5)", "1.50", False),
        ("$value = 1.5", "1.50", True),
        ("STR($most) = '3.0'", "1", True),
    ],
)
def test_values_that_are_bound_beforehand_are_as_they_are_written(
    ask: str, value: str, *, conforms: bool
) -> None:
    shapes = f"""
    ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
        sh:validator [ sh:ask "ASK {{ FILTER ({ask}) }}" ] .
    ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ; ex:most 3.0 .
    """
    assert (not values(shapes, f"ex:a ex:p {value} .")) is conforms
    focus = f"""ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ;
        sh:sparql [ sh:select "SELECT $this {{ FILTER (STR($this) != '{value}') }}" ] ."""
    assert values(focus, f"ex:a ex:p {value} .") == []
