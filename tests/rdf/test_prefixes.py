"""IRIs are compacted to prefixed names for people, and prefixed names expand to the same IRIs."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from pariscall.rdf.namespaces import BASE, MSC, PREFIXES, XSD
from pariscall.rdf.prefixes import KNOWN_PREFIXES, Prefixes

OWN = Prefixes({"ex": "http://example.org/", "part": "http://example.org/part/", "none": ""})


def test_the_longest_namespace_gives_the_prefix() -> None:
    assert OWN.compact("http://example.org/a") == "ex:a"
    assert OWN.compact("http://example.org/part/a") == "part:a"
    assert OWN.compact("http://other.example/a") == "<http://other.example/a>"
    assert Prefixes({}).compact("http://example.org/a") == "<http://example.org/a>"


def test_of_two_prefixes_of_a_namespace_the_first_in_the_alphabet_is_written() -> None:
    assert Prefixes({"b": "urn:x:", "a": "urn:x:"}).compact("urn:x:1") == "a:1"


@pytest.mark.parametrize("iri", [MSC + "since", BASE + "actor/abb", *PREFIXES.values()])
def test_what_was_compacted_expands_again(iri: str) -> None:
    assert KNOWN_PREFIXES.expand(KNOWN_PREFIXES.compact(iri)) == iri


@pytest.mark.parametrize("name", ["http://example.org/a", "urn:x:1", "ex://a", "plain", "nosuch:a"])
def test_what_has_no_known_prefix_stays_as_it_is(name: str) -> None:
    assert OWN.expand(name) == name


def test_prefixes_of_a_file_come_before_those_of_the_project() -> None:
    preferred = Prefixes.preferring({"call": MSC, "xs": XSD})
    assert preferred.compact(MSC + "since") == "call:since"
    assert preferred.compact(XSD + "date") == "xs:date"
    assert preferred.compact(PREFIXES["skos"] + "note") == "skos:note"


def test_terms_and_paths_are_written_as_in_turtle() -> None:
    date = Literal("2020-01-01", datatype=NamedNode(XSD + "date"))
    assert KNOWN_PREFIXES.compact_term(date) == '"2020-01-01"^^xsd:date'
    assert KNOWN_PREFIXES.compact_term(Literal(7)) == "7"
    assert KNOWN_PREFIXES.compact_term(Literal("oui", language="fr")) == '"oui"@fr'
    assert KNOWN_PREFIXES.compact_path(f"(^<{MSC}call>/<{MSC}since>)") == "(^msc:call/msc:since)"
