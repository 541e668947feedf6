"""The namespaces of the project and the prefixes under which people know them.

The IRIs of the data are minted by the templates in ``data/csv-metadata.json``.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/mscall/"
MSC = BASE + "ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"

PREFIXES: dict[str, str] = {
    "actor": BASE + "actor/",
    "assessment": BASE + "code/assessment#",
    "call": BASE + "call/",
    "category": BASE + "code/category#",
    "claim": BASE + "claim/",
    "comparator": BASE + "code/comparator#",
    "confidence": BASE + "code/confidence#",
    "country": COUNTRY,
    "date-basis": BASE + "code/date-basis#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "endorsement": BASE + "endorsement/",
    "entry": BASE + "registry/paris-call/entry/",
    "event": BASE + "event/",
    "event-type": BASE + "code/event-type#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "msc": MSC,
    "nature": BASE + "code/nature#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "polarity": BASE + "code/polarity#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "registry": BASE + "registry/",
    "schema": "https://schema.org/",
    "sh": SH,
    "shapes": BASE + "shapes#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source": BASE + "source/",
    "source-type": BASE + "code/source-type#",
    "status": BASE + "code/status#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}

TYPE = NamedNode(RDF + "type")
DATASET = NamedNode(BASE + "dataset/paris-call")


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
