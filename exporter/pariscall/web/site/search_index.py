"""The index of the search: the names by which each page of the site is found.

A name is one that the data have, in either language: a former name, a code, the initials of a state
or of a name of several words, an alias of the project file. Nothing is found by the words of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...project import current
from ...rdf.namespaces import MSC
from ...rdf.ntriples import text_of
from ...tables.text import without_accents
from .endorsements import category_of
from .messages import words
from .page import Content
from .question_pages import ask
from .resources import Resource, Text

_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:notation", "rdfs:label", "dcterms:title")
_FORMER = ("msc:fromName", "msc:toName")
# The kinds of records, by their classes, in the order in which a search of equal rank shows them.
KINDS = {
    "msc:Call": "call",
    "org:Organization": "party",
    "skos:Concept": "country",
    "msc:Principle": "principle",
    "m8g:PublicEvent": "public_event",
    "msc:Source": "source",
}
TERM, QUESTION = "term", "question"
_SHORTEST_INITIALS = 3


@dataclass(frozen=True)
class Record:
    """A record: the address it leads to, its title, its kind, and its other names."""

    address: str
    title: str
    kind: str
    names: list[str] = field(default_factory=list)


def index(content: Content, lang: str) -> dict[str, object]:
    """Return the records of a language as lists, and what their kinds are called."""
    kinds = [*KINDS.values(), TERM, QUESTION]
    return {
        "kinds": [words(lang)[f"kind_{kind}"] for kind in kinds],
        "records": [
            [record.address, record.title, kinds.index(record.kind), *record.names]
            for record in records(content, lang)
        ],
    }


def records(content: Content, lang: str) -> Iterator[Record]:
    """Yield the records of a language, in the order of the documents."""
    for document, own in content.documents.items():
        about = content.resources[text_of(next(iter(own.descriptions)))]
        kind = next((kind for name, kind in KINDS.items() if name in about.types), None)
        if kind and about.is_named:
            yield _record(document, about, kind, lang)
    for term in content.resources:
        if _is_term(term) and (at := term.location) and at.fragment and term.is_named:
            yield _record(f"{at.document}#{at.fragment}", term, TERM, lang)
    for answer in content.answers:
        yield Record(answer.path, ask(answer, lang), QUESTION)


def _is_term(about: Resource) -> bool:
    return about.iri.startswith(MSC) or bool(about.resources("skos:topConceptOf"))


def _record(address: str, about: Resource, kind: str, lang: str) -> Record:
    title = about.name(lang).value
    names = dict.fromkeys([*_names(about, kind), *_aliases(address)])
    return Record(address, title, kind, [name for name in names if name != title])


def _names(about: Resource, kind: str) -> Iterator[str]:
    yield from _literals(about, _NAMES)
    if kind == "party":
        yield from _former_names(about)
    if kind in ("party", "country"):
        yield from _initials(about)
    if kind == "source":
        yield from _literals(about, ["schema:publisher"])


def _aliases(address: str) -> Iterator[str]:
    return (alias.name for alias in current().site.aliases if alias.of == address)


def _literals(about: Resource, predicates: Iterable[str]) -> Iterator[str]:
    for predicate in predicates:
        for value in about.values(predicate):
            if isinstance(value, Text):
                yield value.value


def _former_names(party: Resource) -> Iterator[str]:
    for endorsement in party.resources("msc:hasEndorsement"):
        for event in endorsement.resources("msc:hasEvent"):
            yield from _literals(event, _FORMER)
    for entry in party.incoming("msc:aboutAgent"):
        yield from _literals(entry, ["msc:rawName"])


def _initials(about: Resource) -> Iterator[str]:
    """Yield the initials of a state, a country or a union, and of other names of several words."""
    category = category_of(about)
    is_state = category is not None and category.code == "state"
    least = 2 if is_state or _is_place(about) else _SHORTEST_INITIALS
    for name in _literals(about, ["skos:prefLabel"]):
        initials = "".join(re.findall(r"\b[A-Z]", without_accents(name)))
        if least <= len(initials) <= len(name.split()):
            yield initials


def _is_place(about: Resource) -> bool:
    return bool(about.incoming("msc:country") or about.incoming("org:memberOf"))
