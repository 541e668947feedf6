"""What is in a graph, counted: the numbers that descriptions give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from .namespaces import BASE, COUNTRY, PREFIXES, TYPE
from .ntriples import is_iri, text_of

# The datasets of others to which ours link, by the namespace of what they describe.
LINKED = {
    "http://publications.europa.eu/resource/authority/country": COUNTRY,
    "http://publications.europa.eu/resource/authority/corporate-body": PREFIXES["corporatebody"],
    "https://www.geonames.org/": PREFIXES["geonames"],
    "https://isni.org/": PREFIXES["isni"],
    "https://www.gleif.org/": PREFIXES["lei"],
    "https://ror.org/": PREFIXES["ror"],
    "https://www.wikidata.org/": PREFIXES["wd"],
}
_LINKED = tuple(f"<{namespace}" for namespace in LINKED.values())
_TYPE = str(TYPE)


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
    return count_terms((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


def count_lines(lines: Iterable[str]) -> Statistics:
    """Count the statements of a graph, each of which is a line of canonical N-Triples, given once."""
    return count_terms(_terms(line) for line in lines)


def _terms(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[: -len(" .")]


def count_terms(statements: Iterable[tuple[str, str, str]]) -> Statistics:
    """Count the statements of a graph, each of which is given once, as terms that N-Triples spells."""
    triples = 0
    subjects: set[str] = set()
    objects: set[str] = set()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    links: dict[str, Counter[str]] = {name: Counter() for name in LINKED}
    for subject, predicate, term in statements:
        triples += 1
        subjects.add(subject)
        objects.add(term)
        properties[predicate] += 1
        if predicate == _TYPE and is_iri(term):
            classes[term] += 1
        if term.startswith(_LINKED):
            for name, namespace in LINKED.items():
                # What the other dataset describes itself we only repeat.
                if term.startswith(namespace, 1) and not subject.startswith(f"<{namespace}"):
                    links[name][predicate] += 1
    return Statistics(
        triples=triples,
        subjects=len(subjects),
        objects=len(objects),
        entities=sum(subject.startswith(f"<{BASE}") for subject in subjects),
        classes=_by_iri(classes),
        properties=_by_iri(properties),
        links={name: _by_iri(found) for name, found in links.items() if found},
    )


def _by_iri(found: Counter[str]) -> dict[str, int]:
    return dict(sorted((text_of(term), number) for term, number in found.items()))
