"""The numbers that descriptions give of a graph, from its terms as from its statements."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from pariscall.rdf.namespaces import BASE, COUNTRY, PREFIXES, TYPE
from pariscall.rdf.statistics import Statistics, count, count_terms

PARTY, LABEL = f"{BASE}actor/abb", PREFIXES["skos"] + "prefLabel"
CLASS, EXACT = PREFIXES["org"] + "Organization", PREFIXES["skos"] + "exactMatch"
STATEMENTS = [
    (f"<{PARTY}>", str(TYPE), f"<{CLASS}>"),
    (f"<{PARTY}>", str(TYPE), '"no class"'),
    (f"<{PARTY}>", f"<{LABEL}>", '"ABB"@en'),
    (f"<{PARTY}>", f"<{LABEL}>", f'"<{COUNTRY}CHE>"'),
    (f"<{PARTY}>", f"<{EXACT}>", f"<{PREFIXES['wd']}Q1>"),
    (f"<{COUNTRY}CHE>", str(TYPE), f"<{CLASS}>"),
    # Said by the dataset of countries itself, and so no link of ours.
    (f"<{COUNTRY}CHE>", f"<{EXACT}>", f"<{COUNTRY}DEU>"),
]


def test_what_is_counted() -> None:
    assert count_terms(STATEMENTS) == Statistics(
        triples=7,
        subjects=2,
        objects=6,
        entities=1,
        classes={CLASS: 2},
        properties={TYPE.value: 3, EXACT: 2, LABEL: 2},
        links={"https://www.wikidata.org/": {EXACT: 1}},
    )


def test_objects_of_oxigraph_give_the_same_numbers() -> None:
    lines = "".join(f"{' '.join(statement)} .\n" for statement in STATEMENTS)
    quads = parse(lines, format=RdfFormat.N_TRIPLES)
    assert count(quads) == count_terms(STATEMENTS)
