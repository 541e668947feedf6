"""Shapes and data drawn at random: small, so that one meets the other often."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

_NODES = ("ex:a", "ex:b", "ex:c", "_:d")
_PREDICATES = ("ex:p", "ex:q", "ex:r")
_CLASSES = ("ex:T", "ex:U", "ex:V")
_LITERALS = (
    *("1", "1.0", "01", "1e0", "2", "-1", "true", '"1"^^xsd:boolean', '"x"^^xsd:integer'),
    *('""', '"a"', '"A"', '"ab"', '"a\\nb"', '"é"', '"a\\n"', '"İ"', '"Kk"', '"a\\"b"'),
    *('"a"@en', '"b"@EN', '"a"@en-GB', '"c"@fr', '"2020-01-01"^^xsd:date'),
    *('"2020-01-01Z"^^xsd:date', '"2020-01-02"^^xsd:date', '"2020-02-30"^^xsd:date'),
    *('"2020-01-01T00:00:00Z"^^xsd:dateTime', '"P1M"^^xsd:duration', '"NaN"^^xsd:double'),
    *('"z"^^ex:own', "<http://example.org/é>", '"a"@ar--rtl', "<<( ex:a ex:p 1 )>>"),
)
_DATATYPES = (
    *("xsd:integer", "xsd:string", "xsd:date", "xsd:boolean", "xsd:decimal"),
    *("rdf:langString", "ex:own", "rdf:dirLangString", "xsd:nonNegativeInteger"),
)
_PATTERNS = (
    "a",
    "^a",
    "a$",
    "^.$",
    "^a.b$",
    "[^a]",
    "\\\\s",
    "^(a|b)+$",
    "k",
    "i",
    "^\\\\S+$",
    "a*",
)
_QUERIES = (
    "$this ex:p ?value",
    "?value ex:p ?o . FILTER NOT EXISTS { ?o a ex:U }",
    "?value a ex:T ; ex:q ?o . ?other ex:q ?o . FILTER (?value != ?other)",
    "$this ex:p ?value . FILTER NOT EXISTS { ?value ex:q $this }",
    '?value ?path ?o . FILTER (REGEX(STR(?o), "^a", "i"))',
    '?value ?path ?o . FILTER (STRSTARTS(STR(?o), "a"))',
    "{ SELECT $this ?value WHERE { ?value ex:p ?x . $this ex:q ?x } }",
    "?x ex:p $this . ?x ex:q ?value . FILTER (?value > 1)",
    "?value ex:p ?n . ?other ex:q ?n",
    '$this ex:p "a" . $this ex:q ?value',
    "$this ?path ?value . FILTER NOT EXISTS { ?path a ex:U }",
    "{ $this ex:p ?value } UNION { $this ex:q ?value }",
)


# Each strategy is made once: to make one takes longer than to draw from it.
@cache
def _paths() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(_PREDICATES),
        lambda inner: st.one_of(
            inner.map("[ sh:inversePath {} ]".format),
            inner.map("[ sh:zeroOrMorePath {} ]".format),
            inner.map("[ sh:oneOrMorePath {} ]".format),
            inner.map("[ sh:zeroOrOnePath {} ]".format),
            st.tuples(inner, inner).map(lambda pair: f"( {pair[0]} {pair[1]} )"),
            st.tuples(inner, inner).map(
                lambda pair: f"[ sh:alternativePath ( {pair[0]} {pair[1]} ) ]"
            ),
        ),
        max_leaves=3,
    )


def _terms() -> st.SearchStrategy[str]:
    return st.sampled_from((*_NODES[:3], *(text for text in _LITERALS if text[:2] != "<<")))


def _simple() -> st.SearchStrategy[str]:
    """Draw a constraint without shapes in it."""
    number = st.integers(0, 2)
    return st.one_of(
        st.sampled_from(_CLASSES).map("sh:class {}".format),
        st.sampled_from(_DATATYPES).map("sh:datatype {}".format),
        st.sampled_from(
            ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
        ).map("sh:nodeKind sh:{}".format),
        number.map("sh:minLength {}".format),
        number.map("sh:maxLength {}".format),
        st.tuples(
            st.sampled_from(("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
            st.sampled_from([text for text in _LITERALS if text[0] != "<"]),
        ).map(lambda pair: f"sh:{pair[0]} {pair[1]}"),
        st.tuples(st.sampled_from(_PATTERNS), st.sampled_from(("", "i", "s"))).map(
            lambda pair: f'sh:pattern "{pair[0]}" ; sh:flags "{pair[1]}"'
        ),
        st.sampled_from(('( "en" )', '( "EN-gb" "fr" )', '( "*" )')).map("sh:languageIn {}".format),
        _terms().map("sh:hasValue {}".format),
        st.lists(_terms(), max_size=3).map(lambda terms: f"sh:in ( {' '.join(terms)} )"),
        st.tuples(
            st.sampled_from(("equals", "disjoint", "lessThan", "lessThanOrEquals")),
            st.sampled_from(_PREDICATES),
        ).map(lambda pair: f"sh:{pair[0]} {pair[1]}"),
        st.just("sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )"),
        st.just("sh:deactivated true"),
    )


@cache
def _of_values() -> st.SearchStrategy[str]:
    """Draw a constraint that only property shapes have."""
    number = st.integers(0, 2)
    return st.one_of(
        number.map("sh:minCount {}".format),
        number.map("sh:maxCount {}".format),
        st.just("sh:uniqueLang true"),
    )


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    shape = inner.map("[ {} ]".format)
    pair = st.tuples(
        st.sampled_from(("and", "or", "xone")), st.lists(shape, min_size=1, max_size=2)
    )
    return st.one_of(
        st.tuples(st.sampled_from(("not", "node")), shape).map(lambda two: f"sh:{two[0]} {two[1]}"),
        pair.map(lambda two: f"sh:{two[0]} ( {' '.join(two[1])} )"),
        _property(inner),
        st.tuples(shape, st.sampled_from(("Min", "Max")), st.integers(0, 2), st.booleans()).map(
            lambda four: (
                f"sh:property [ sh:path ex:p ; sh:qualifiedValueShape {four[0]} ;"
                f" sh:qualified{four[1]}Count {four[2]} ;"
                f" sh:qualifiedValueShapesDisjoint {str(four[3]).lower()} ]"
            )
        ),
        st.tuples(inner, inner).map(lambda two: f"{two[0]} ; {two[1]}"),
    )


def _property(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_paths(), st.one_of(_of_values(), inner)).map(
        lambda two: f"sh:property [ sh:path {two[0]} ; {two[1]} ]"
    )


@cache
def _targets() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(_CLASSES).map("sh:targetClass {}".format),
        st.sampled_from(_PREDICATES).map("sh:targetSubjectsOf {}".format),
        st.sampled_from(_PREDICATES).map("sh:targetObjectsOf {}".format),
        st.sampled_from((*_NODES[:3], "1")).map("sh:targetNode {}".format),
    )


@cache
def _shapes() -> st.SearchStrategy[str]:
    constraints = st.recursive(_simple(), _nested, max_leaves=4)
    return st.one_of(constraints, _property(constraints))


@st.composite
def shapes_graphs(draw: st.DrawFn) -> str:
    """Draw a few shapes, as Turtle without prefixes."""
    written = []
    for number in range(draw(st.integers(1, 3))):
        shape = draw(_shapes())
        if draw(st.integers(0, 5)) == 0:
            shape = f"{shape} ; sh:node ex:S{draw(st.integers(0, 2))}"
        if draw(st.integers(0, 3)) == 0:
            query = draw(st.sampled_from(_QUERIES))
            shape = f"sh:sparql [ sh:prefixes ex:X ; sh:select '''SELECT $this ?value WHERE {{ {query} }}''' ]"
        severity = draw(st.sampled_from(("", "; sh:severity sh:Info")))
        written.append(f"ex:S{number} a sh:NodeShape ; {draw(_targets())} ; {shape} {severity} .")
    prefix = 'ex:X sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .'
    return "\n".join([*written, prefix])


@cache
def _triples() -> st.SearchStrategy[list[tuple[str, str, str]]]:
    links = st.tuples(
        st.sampled_from(_NODES),
        st.sampled_from(_PREDICATES),
        st.one_of(st.sampled_from(_NODES), st.sampled_from(_LITERALS)),
    )
    types = st.tuples(
        st.sampled_from((*_NODES, *_PREDICATES)), st.just("a"), st.sampled_from(_CLASSES)
    )
    order = st.tuples(
        st.sampled_from(_CLASSES), st.just("rdfs:subClassOf"), st.sampled_from(_CLASSES)
    )
    return st.lists(st.one_of(links, links, types, order), min_size=1, max_size=14)


def data_graphs() -> st.SearchStrategy[str]:
    """Draw some triples, as Turtle without prefixes."""
    return _triples().map(lambda triples: "\n".join(f"{' '.join(triple)} ." for triple in triples))
