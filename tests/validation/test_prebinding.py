"""Variables are bound before a query of SHACL begins, everywhere in it (appendix A)."""

from __future__ import annotations

import pytest

from pariscall.errors import ShapesError
from support.shacl import find, values

DATA = """
ex:a a ex:T ; ex:p 1 ; ex:q ex:b .
ex:b a ex:T ; ex:p 2 , 3 .
"""


def constraint(select: str, more: str = "", shape: str = "sh:targetClass ex:T") -> str:
    return (
        'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .'
        f"ex:S a sh:NodeShape ; {shape} ; sh:sparql [ sh:prefixes ex: ; {more}"
        f" sh:select '''{select}''' ] ."
    )


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("BIND ($this AS ?s) FILTER (?s = ex:a)", ["a"]),
        ("BIND ($this AS ?s) ?s ex:p 1", ["a"]),
        ("FILTER (BOUND($this) && $this = ex:b)", ["b"]),
        ("FILTER EXISTS { BIND ($this AS ?s) FILTER (?s = ex:a) }", ["a"]),
        ("FILTER NOT EXISTS { BIND ($this AS ?s) ?s ex:q ?o }", ["b"]),
        ("{ FILTER (false) } UNION { FILTER ($this = ex:a) }", ["a"]),
        ("OPTIONAL { FILTER ($this = ex:a) BIND (1 AS ?x) } FILTER (BOUND(?x))", ["a"]),
        ("{ SELECT $this (COUNT(?v) AS ?n) { $this ex:p ?v } GROUP BY $this } FILTER (?n > 1)", ["b"]),
        ("{ SELECT $this { { SELECT $this { $this ex:q ?o } } } }", ["a"]),
        ("{ SELECT * { $this ex:q ?o } }", ["a"]),
        ("$this ex:p ?n FILTER (?n<2&&?n>0)", ["a"]),
        ("?s ex:q ?this", ["b"]),
        ("$this ^ex:q/ex:p ?one", ["b"]),
        ("?any ex:q ex:b FILTER (?any = $this)", ["a"]),
        ('$this ex:p ?n # { SELECT ?nothing }\n FILTER (?n = 1 && "{" != "}" )', ["a"]),
        ("FILTER (CONCAT(STR($this), '/SELECT') = 'http://example.org/a/SELECT')", ["a"]),
    ],
)  # fmt: skip
def test_the_focus_node_is_known_in_every_group(where: str, found: list[str]) -> None:
    results = find(constraint(f"SELECT $this WHERE {{ {where} }}"), DATA)
    assert sorted(str(result.focus) for result in results) == [
        f"<http://example.org/{name}>" for name in found
    ]


def test_a_variable_that_stands_in_no_pattern_is_known_too() -> None:
    select = (
        "SELECT $this ?value WHERE { ?value ex:p ?n } GROUP BY $this ?value HAVING (COUNT(?n) > 1)"
    )
    shapes = constraint(select, shape="sh:targetNode ex:a")
    assert values(shapes, DATA) == ["<http://example.org/b>"]


@pytest.mark.parametrize(
    "where",
    [
        "BIND ($this AS ?s) ?s ex:p 1 FILTER isBlank(?s)",
        "FILTER EXISTS { FILTER isBlank($this) } FILTER NOT EXISTS { $this ex:p 2 }",
        "{ SELECT $this (COUNT(?v) AS ?n) { $this ex:p ?v } GROUP BY $this } FILTER (?n = 1)",
    ],
)
def test_a_blank_node_is_bound_as_any_other(where: str) -> None:
    shapes = constraint(f"SELECT $this WHERE {{ {where} }}")
    assert len(find(shapes, "[] a ex:T ; ex:p 1 . [] a ex:T ; ex:p 2 , 3 .")) == 1


def test_a_literal_can_be_a_focus_node() -> None:
    shapes = constraint(
        "SELECT $this WHERE { FILTER (STRLEN($this) > 3) }", shape="sh:targetObjectsOf ex:n"
    )
    assert values(shapes, 'ex:a ex:n "long text" , "no" , "quote\\"d" .') == [
        '"long text"',
        '"quote\\"d"',
    ]


@pytest.mark.parametrize(
    ("select", "problem"),
    [
        ("SELECT $this ?value { { SELECT ?value { $this ex:p ?value } } }", "a subquery must return \\$this"),
        ("SELECT $this { { SELECT * { ?any ex:p ?value } } }", "a subquery must return \\$this"),
        ("SELECT $this { { SELECT * { FILTER($this = ex:a) } } }", "a subquery must return \\$this"),
        ("SELECT $this { { SELECT * { BIND($this AS ?v) } } }", "a subquery must return \\$this"),
        ("SELECT $this { { SELECT * { FILTER } } }", "a subquery must return \\$this"),
        ("SELECT $this { $this ex:p ?v } SELECT", "a subquery must return \\$this"),
        ("SELECT $this { { SELECTDISTINCT?v { $this ex:p ?v } } }", "a subquery must return \\$this"),
        ("SELECT $this { ?any ex:p 1MINUS{ $this ex:q ?o } }", "MINUS"),
        ("SELECT $this { SERVICESILENT<http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
        ("SELECT $this {\n $this ex:p ?v\n MINUS { $this ex:q ?o } }", "line 3 .*: MINUS"),
        ("SELECT $this { VALUES ?x { 1 } }", "VALUES"),
        ("SELECT $this { $this ex:p ?v } VALUES $this { ex:a }", "VALUES"),
        ("SELECT $this { SERVICE ex:s { ?a ?b ?c } }", "SERVICE"),
        ("SELECT $this { \\\\u0053ERVICE ex:s { ?a ?b ?c } }", "SERVICE"),
        ("SELECT $this FROM ex:g { ?a ?b ?c }", "FROM"),
        ("SELECT $this { BIND (ex:b AS ?this) }", "\\$this is bound beforehand"),
        ("SELECT (1 AS $this) { ?a ?b ?c }", "\\$this is bound beforehand"),
        ("ASK { $this ex:p 1 }", "not a SELECT query"),
        ("SELECT $this { $this ex:p }", "not SPARQL: .*1:"),
        ("SELECT $this { $this none:p 1 }", "not SPARQL"),
    ],
)  # fmt: skip
def test_an_ill_formed_query_is_refused_before_data_are_read(select: str, problem: str) -> None:
    with pytest.raises(ShapesError, match=f"^the query of <http://example.org/S>: .*{problem}"):
        find(constraint(select), "")


@pytest.mark.parametrize(
    "where",
    [
        "{" * 30_000 + "}" * 30_000,
        "FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ")",
        "FILTER(true" + "||true" * 20_000 + ")",
        "FILTER(" + "!" * 60_000 + "true)",
        "$this " + "/".join(["ex:p"] * 3_000) + " ?x",
    ],
)
def test_no_query_ends_the_process(where: str) -> None:
    with pytest.raises(ShapesError, match=r"nested more than 100 deep|more than 5,000 words"):
        find(constraint(f"SELECT $this {{ {where} }}"), DATA)


@pytest.mark.slow
@pytest.mark.parametrize(
    "where",
    [
        "FILTER(true" + "||true" * 2_400 + ")",
        "FILTER(" + "!" * 4_900 + "true)",
        "OPTIONAL { ?a ?b ?c } " * 800,
        "FILTER(true)" * 1_200,
    ],
)
def test_what_is_run_is_run_to_its_end(where: str) -> None:
    find(constraint(f"SELECT $this {{ {where} }}"), DATA)


def test_words_in_texts_names_and_comments_are_no_clauses() -> None:
    select = 'SELECT $this { # MINUS VALUES\n $this ex:p ?minus FILTER (?minus != "SERVICE { FROM }") FILTER (ex:from != ex:values) }'
    assert len(find(constraint(select), DATA)) == 3


def test_a_query_reads_its_shape_and_the_graph_of_shapes() -> None:
    select = "SELECT $this ?value { GRAPH $shapesGraph { $currentShape ex:most ?most } $this ex:p ?value FILTER (?value > ?most) }"
    shapes = constraint(select, shape="sh:targetClass ex:T ; ex:most 2")
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert values(shapes, DATA) == [f'"3"{integer}']
    nested = (
        constraint(select, shape="ex:most 2")
        + " ex:Outer a sh:NodeShape ; sh:targetClass ex:T ; sh:node ex:S ."
    )
    assert values(nested, DATA) == ["<http://example.org/b>"]


def test_the_data_do_not_hold_the_shapes() -> None:
    assert (
        find(constraint("SELECT $this { ?shape <http://www.w3.org/ns/shacl#sparql> ?o }"), DATA)
        == []
    )


def test_a_constraint_that_is_switched_off_says_nothing() -> None:
    select = "SELECT $this { $this ex:p ?v }"
    assert find(constraint(select, "sh:deactivated true ;"), DATA) == []
    assert len(find(constraint(select, "sh:deactivated false ;"), DATA)) == 3


def test_prefixes_are_collected_along_imports() -> None:
    shapes = """
    ex:onto owl:imports ex:middle . ex:middle owl:imports ex:base , ex:onto .
    ex:base sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
    ex:S a sh:NodeShape ; sh:targetClass ex:T ;
        sh:sparql [ sh:prefixes ex:onto ; sh:select "SELECT $this ?value { $this e:p ?value }" ] .
    """
    assert len(values(shapes, DATA)) == 3


@pytest.mark.parametrize(
    ("select", "more", "message"),
    [
        ("SELECT $this ('mine' AS ?message) { $this ex:q ?o }", 'sh:message "theirs" ;', "mine"),
        ("SELECT $this { $this ex:q ?o }", 'sh:message "{$this} {?o} {?p} {$value}" ;', "http://example.org/a {?o} {?p} {$value}"),
        ("SELECT $this ?o ?value { $this ex:q ?o ; ex:p ?value }", 'sh:message "{?o}: {?value}" ;', "http://example.org/b: 1"),
        ("SELECT $this (ex:q AS ?path) ?o { $this ex:q ?o }", 'sh:message "{?path}" ;', "http://example.org/q"),
    ],
)  # fmt: skip
def test_messages_say_what_was_bound(select: str, more: str, message: str) -> None:
    [result] = find(constraint(select, more), DATA)
    assert result.message() == message


def test_a_component_that_shapes_define_is_run() -> None:
    component = """
    ex:Longer a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ] , [ sh:path ex:unless ; sh:optional true ] ;
        sh:validator [ sh:message "shorter than {$longerThan}" ; sh:ask "ASK { FILTER (STRLEN(STR($value)) > $longerThan || $value = COALESCE(?unless, 'x')) }" ] .
    """
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:n ; ex:longerThan 3 %s ] ."
    data = 'ex:a a ex:T ; ex:n "long enough" , "no" , "not" .'
    assert values(component + shape % "", data) == ['"no"', '"not"']
    assert values(component + shape % "; ex:unless 'no'", data) == ['"not"']
    [result] = find(component + shape % "; ex:unless 'no'", data)
    assert (result.component, result.message()) == ("http://example.org/Longer", "shorter than 3")


def test_a_component_without_a_validator_in_sparql_is_refused() -> None:
    shapes = "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:c ] . ex:S a sh:NodeShape ; sh:targetClass ex:T ; ex:c 1 ."
    with pytest.raises(ShapesError, match=r"no engine can judge <http://example\.org/C>"):
        find(shapes, DATA)


def test_a_prefix_of_two_namespaces_is_refused() -> None:
    other = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.com/" ] .'
    with pytest.raises(ShapesError, match="gives the prefix ex to two namespaces"):
        find(constraint("SELECT $this { $this ex:p 1 }") + other, DATA)
    assert find(constraint("SELECT $this { $this ex:p 1 }") + other.replace("com", "org"), DATA)
