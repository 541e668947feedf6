"""The namespaces of the project and the prefixes under which people know them.

Terms, codes and shapes are below ``VOCABULARY``, whatever the project. The data's own IRIs are below
the base of the project; they are minted by the templates in ``data/csv-metadata.json``.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

from ..project import current

VOCABULARY = "https://w3id.org/mscall/"
BASE = current().base
PUBLISHER = current().publisher
MSC = VOCABULARY + "ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"

PREFIXES: dict[str, str] = {
    "actor": BASE + "actor/",
    "assessment": VOCABULARY + "code/assessment#",
    "call": BASE + "call/",
    "category": VOCABULARY + "code/category#",
    "claim": BASE + "claim/",
    "comparator": VOCABULARY + "code/comparator#",
    "confidence": VOCABULARY + "code/confidence#",
    "corporatebody": "http://publications.europa.eu/resource/authority/corporate-body/",
    "country": COUNTRY,
    "date-basis": VOCABULARY + "code/date-basis#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "endorsement": BASE + "endorsement/",
    "entry": f"{BASE}registry/{current().slug}/entry/",
    "event": BASE + "event/",
    "event-type": VOCABULARY + "code/event-type#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geonames": "https://sws.geonames.org/",
    "isni": "https://isni.org/isni/",
    "lei": "https://identifiers.org/lei:",
    "group-role": VOCABULARY + "code/group-role#",
    "grouping": BASE + "grouping/",
    "m8g": "http://data.europa.eu/m8g/",
    "msc": MSC,
    "nature": VOCABULARY + "code/nature#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "polarity": VOCABULARY + "code/polarity#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "registry": BASE + "registry/",
    "ror": "https://ror.org/",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": SH,
    "shapes": VOCABULARY + "shapes#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source": BASE + "source/",
    "source-type": VOCABULARY + "code/source-type#",
    "sssom": "https://w3id.org/sssom/",
    "status": VOCABULARY + "code/status#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}

TYPE = NamedNode(RDF + "type")
DATASET = NamedNode(current().dataset)
_OF_VOCABULARY = ("ns", "shapes", "code", "context")


def msc(name: str) -> NamedNode:
    """Name a term of the Multistakeholder Call Ontology."""
    return NamedNode(MSC + name)


@lru_cache(65536)
def is_iri(text: str) -> bool:
    """Return whether a text is an absolute IRI (RFC 3987)."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def path_of(iri: str) -> str | None:
    """Return the path of an IRI below the base of the project, or that of a vocabulary of ours."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    path = iri.removeprefix(VOCABULARY)
    return path if path != iri and _first(path) in _OF_VOCABULARY else None


def iri_of(path: str) -> str:
    """Return the IRI of a path: that of a vocabulary of ours, or below the base of the project."""
    return (VOCABULARY if _first(path) in _OF_VOCABULARY else BASE) + path


def in_project(iri: str) -> str:
    """Return an IRI, or a template of one, that our own data have, as the project has it."""
    path = iri.removeprefix(VOCABULARY)
    if path == iri or _first(path) in _OF_VOCABULARY:
        return iri
    return PUBLISHER if path == "agent/maintainers" else BASE + path


def _first(path: str) -> str:
    return path.partition("#")[0].partition("/")[0]
