"""The ontology is small, used, described in two languages, and at one with its context."""

from __future__ import annotations

import json
import re

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from pariscall import bundle
from pariscall.rdf.namespaces import BASE, MSC
from support.command import EXAMPLE

TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(bundle.ONTOLOGY)


@pytest.fixture(scope="module")
def codes() -> rdflib.Graph:
    return rdflib.Graph().parse(bundle.CODES)


def terms(ontology: rdflib.Graph) -> set[str]:
    return {
        str(term).removeprefix(MSC) for kind in TERMS for term in ontology.subjects(RDF.type, kind)
    }


def used_terms() -> set[str]:
    texts = [(bundle.TABLES / "csv-metadata.json").read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in bundle.SHAPES.rglob("*.ttl")]
    texts += [path.read_text(encoding="utf-8") for path in bundle.QUERIES.glob("*.rq")]
    return {
        name for text in texts for name in re.findall(rf"(?:\bmsc:|{re.escape(MSC)})(\w+)", text)
    }


def test_every_term_is_used_by_the_data_a_shape_or_a_query(ontology: rdflib.Graph) -> None:
    assert terms(ontology) <= used_terms()


def test_every_term_that_is_used_is_declared(ontology: rdflib.Graph) -> None:
    assert used_terms() <= terms(ontology)


def test_the_example_uses_every_property(ontology: rdflib.Graph) -> None:
    used = {
        str(predicate).removeprefix(MSC) for predicate in rdflib.Graph().parse(EXAMPLE).predicates()
    }
    properties = terms(ontology) - {name for name in terms(ontology) if name[0].isupper()}
    assert properties - used == {"rawWebsite"} - used


def test_inverse_properties_mirror_each_other(ontology: rdflib.Graph) -> None:
    for one, other in ontology.subject_objects(OWL.inverseOf):
        assert (other, OWL.inverseOf, one) in ontology
        assert ontology.value(one, RDFS.domain) == ontology.value(other, RDFS.range)


def test_no_two_terms_share_a_label(ontology: rdflib.Graph) -> None:
    for lang in ("en", "fr"):
        for kind in (OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty):
            labels = [
                str(label)
                for one in kind
                for term in ontology.subjects(RDF.type, one)
                for label in ontology.objects(term, RDFS.label)
                if isinstance(label, rdflib.Literal) and label.language == lang
            ]
            assert len(labels) == len(set(labels))


def test_the_version_is_the_same_wherever_it_is_said(ontology: rdflib.Graph) -> None:
    iri = rdflib.URIRef(f"{BASE}ns")
    version = str(ontology.value(iri, OWL.versionInfo))
    assert str(ontology.value(iri, OWL.versionIRI)) == f"{BASE}ns/{version}"
    assert version in str(ontology.value(iri, DCTERMS.bibliographicCitation))
    metadata = (bundle.TABLES / "csv-metadata.json").read_text(encoding="utf-8")
    assert f"{BASE}ns/{version}" in metadata


@pytest.mark.slow
def test_the_example_is_consistent_with_the_ontology(ontology: rdflib.Graph) -> None:
    import owlrl

    graph = rdflib.Graph() + ontology
    graph.parse(EXAMPLE)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    assert not list(graph.subjects(errors, None))
    assert not list(graph.subjects(RDF.type, OWL.Nothing))


def test_alignments_are_about_our_terms_only(ontology: rdflib.Graph) -> None:
    alignments = rdflib.Graph().parse(bundle.ALIGNMENTS)
    subjects = {
        s for match in (SKOS.closeMatch, SKOS.relatedMatch) for s in alignments.subjects(match)
    }
    assert subjects
    assert {str(subject).removeprefix(MSC) for subject in subjects} <= terms(ontology)


def test_every_code_is_named_by_its_notation(codes: rdflib.Graph) -> None:
    for code, notation in codes.subject_objects(SKOS.notation):
        scheme = codes.value(code, SKOS.inScheme)
        assert str(code) == f"{scheme}#{notation}"


def test_no_code_is_mistaken_for_a_term_of_the_context(codes: rdflib.Graph) -> None:
    context = json.loads(bundle.CONTEXT.read_text(encoding="utf-8"))["@context"]
    assert not set(context) & {str(notation) for notation in codes.objects(None, SKOS.notation)}


def test_every_context_term_stands_for_a_term_that_is_declared(
    ontology: rdflib.Graph, codes: rdflib.Graph
) -> None:
    context = json.loads(bundle.CONTEXT.read_text(encoding="utf-8"))["@context"]
    schemes = {f"{scheme}#" for scheme in codes.subjects(RDF.type, SKOS.ConceptScheme)}
    for name, definition in context.items():
        iri = (
            definition
            if isinstance(definition, str)
            else definition.get("@id", "")
            if name[0] != "@"
            else ""
        )
        if str(iri).startswith("msc:"):
            assert iri.removeprefix("msc:") in terms(ontology), name
        vocab = (
            definition.get("@context", {}).get("@vocab") if isinstance(definition, dict) else None
        )
        if vocab and vocab.startswith(BASE):
            assert vocab in schemes, name


def test_every_term_of_the_ontology_has_its_key_in_the_context(ontology: rdflib.Graph) -> None:
    context = json.loads(bundle.CONTEXT.read_text(encoding="utf-8"))["@context"]
    named = {
        (d if isinstance(d, str) else d["@id"]).removeprefix("msc:")
        for name, d in context.items()
        if name[0] != "@" and str(d if isinstance(d, str) else d["@id"]).startswith("msc:")
    }
    abstract = {"Claim", "DatedRecord"}  # no node is of these classes alone
    assert terms(ontology) - named == abstract
