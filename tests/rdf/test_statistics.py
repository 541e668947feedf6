"""The numbers that descriptions give of a graph, from its terms as from its lines."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from pariscall.rdf.namespaces import BASE, COUNTRY, PREFIXES, TYPE
from pariscall.rdf.statistics import Statistics, count, count_lines, count_terms
from support.graphs import lines

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


LINES = "".join(f"{' '.join(statement)} .\n" for statement in STATEMENTS)


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
    assert count(parse(LINES, RdfFormat.N_TRIPLES)) == count_terms(STATEMENTS)


def test_lines_of_ntriples_give_the_same_numbers() -> None:
    assert count_lines(lines(parse(LINES, RdfFormat.N_TRIPLES)).decode().splitlines()) == (
        count_terms(STATEMENTS)
    )
