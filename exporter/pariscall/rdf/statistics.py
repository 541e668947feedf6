"""What is in a graph, counted: the numbers that descriptions give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from .namespaces import BASE, COUNTRY, PREFIXES, TYPE

# The datasets of others to which ours link, by the namespace of what they describe.
LINKED = {
    "http://publications.europa.eu/resource/authority/country": COUNTRY,
    "https://www.geonames.org/": PREFIXES["geonames"],
    "https://isni.org/": PREFIXES["isni"],
    "https://www.gleif.org/": PREFIXES["lei"],
    "https://ror.org/": PREFIXES["ror"],
    "https://www.wikidata.org/": PREFIXES["wd"],
}


@dataclass(frozen=True)
class Statistics:
    """Counts of a graph; ``classes`` and ``properties`` by IRI, ``links`` by dataset and predicate.

    ``entities`` are the subjects in our own namespace.
    """

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    links: Mapping[str, Mapping[str, int]]


def count(quads: Iterable[Quad]) -> Statistics:
    """Count the statements of a graph, each of which is given once."""
    triples = 0
    subjects: set[str] = set()
    objects: set[str] = set()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    links: dict[str, Counter[str]] = {name: Counter() for name in LINKED}
    for quad in quads:
        triples += 1
        subjects.add(str(quad.subject))
        objects.add(str(quad.object))
        properties[quad.predicate.value] += 1
        term = quad.object
        if isinstance(term, NamedNode):
            if quad.predicate == TYPE:
                classes[term.value] += 1
            for name, namespace in LINKED.items():
                if term.value.startswith(namespace) and not _is_described_there(quad, namespace):
                    links[name][quad.predicate.value] += 1
    return Statistics(
        triples=triples,
        subjects=len(subjects),
        objects=len(objects),
        entities=sum(subject.startswith(f"<{BASE}") for subject in subjects),
        classes=dict(sorted(classes.items())),
        properties=dict(sorted(properties.items())),
        links={name: dict(sorted(found.items())) for name, found in links.items() if found},
    )


def _is_described_there(quad: Quad, namespace: str) -> bool:
    """Tell whether the subject itself is of the other dataset, which we only repeat."""
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(namespace)
