"""An IRI of each kind with its document, some files, and headers with the format they ask for."""

from __future__ import annotations

EXAMPLES = {
    "": "index",
    "ns": "ns",
    "ns/0.1.0": "ns/0.1.0",
    "ns/align": "ns/align",
    "shapes": "shapes",
    "shapes/0.1.0": "shapes/0.1.0",
    "code/status": "code/status",
    "actor/abb": "actor/abb",
    "call/paris-call": "call/paris-call",
    "call/paris-call/principle/3": "call/paris-call/principle/3",
    "event/launch": "event/launch",
    "source/paris-call-registry/cc88a7b": "source/paris-call-registry/cc88a7b",
    "claim/paris-call-registry/cc88a7b/abb": "claim/paris-call-registry/cc88a7b/abb",
    "registry/paris-call": "registry/paris-call",
    "agent/maintainers": "agent/maintainers",
    "dataset/paris-call": "dataset/paris-call",
    "dataset/paris-call/2026.11.22": "dataset/paris-call/2026.11.22",
    "endorsement/paris-call/abb/1": "actor/abb",
    "endorsement/paris-call/abb/1/event/signature": "actor/abb",
    "registry/paris-call/entry/abb": "actor/abb",
}
FILES = (
    "context/v1.jsonld",
    "dataset/paris-call/2026.11.22/paris-call.ttl.gz",
    "dataset/paris-call/2026.11.22/vocabulary/ontology.nt",
    "actor/abb.ttl",
    "actor/abb.fr.html",
)
CHOICES = {
    "": ".html",
    "*/*": ".html",
    "text/html": ".html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8": ".html",
    "text/turtle": ".ttl",
    "text/turtle;charset=utf-8": ".ttl",
    "application/ld+json": ".jsonld",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': ".jsonld",
    "application/n-triples": ".nt",
    "application/*": ".jsonld",
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,*/*;q=0.3": ".ttl",
    "application/rdf+xml, text/turtle;q=0.8, text/html;q=0": ".rdf",
    # The OWL API, and so Protégé and ROBOT, in two versions; Jena; what asks for RDF that is not offered.
    "application/rdf+xml, application/xml; q=0.5, text/xml; q=0.3, */*; q=0.2": ".rdf",
    "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09": ".rdf",
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3": ".ttl",
    "application/owl+xml, */*;q=0.1": ".ttl",
    "text/n3, application/trig;q=0.9, */*;q=0.1": ".ttl",
    "text/n3, text/html;q=0.5, */*;q=0.1": ".html",
    "text/n3;q=0, */*;q=0.1": ".html",
    "text/html;q=0.5, application/n-triples": ".nt",
    "image/png, */*;q=0.1": ".html",
}
REFUSED = ("image/png", "text/html;q=0", "application/trig", "text/turtles", "xtext/turtle")
