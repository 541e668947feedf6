"""What the search finds: a record for each party, country, call, principle, source and event.

A record is found by names that the data have: names in both languages, former names, codes, and
the initials of states and of unions of them, such as UK and EU.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .endorsements import category_of, standing
from .messages import words
from .page import Content
from .resources import Resource, Text, fold

_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:notation")
_FORMER = ("msc:fromName", "msc:toName")
# The kinds of records: the class, and the message that names it. A party needs no word.
_KINDS = {
    "org:Organization": "",
    "skos:Concept": "country",
    "msc:Call": "call",
    "msc:Principle": "principle",
    "msc:Source": "source",
    "m8g:PublicEvent": "public_event",
}
_OF_A_NAME, _OF_A_FORMER_NAME, _OF_A_TITLE, _OF_A_TEXT, _OF_A_PLACE = 8, 4, 2, 1, 0.5


@dataclass(frozen=True)
class Record:
    """A record: the document it leads to, its title, its kind, weighted texts and filters."""

    document: str
    title: str
    kind: str
    texts: list[tuple[float, str]]
    filters: list[tuple[str, str]]

    @property
    def key(self) -> str:
        """The text by which records are sorted."""
        return fold(self.title)

    @property
    def words(self) -> set[str]:
        """The words by which it is found."""
        return {word for _, text in self.texts for word in _words(text)}

    @property
    def whole_names(self) -> list[str]:
        """Its names without the spaces in them: whoever types one of them wants this record first."""
        names = {
            "".join(_words(text)) for weight, text in self.texts if weight >= _OF_A_FORMER_NAME
        }
        return sorted(names - {""})


def records(content: Content, lang: str) -> Iterator[Record]:
    """Yield the records of a language, in the order of the documents."""
    for document, own in content.documents.items():
        about = content.resources[next(iter(own.descriptions)).value]
        kind = next((name for name in _KINDS if name in about.types), None)
        if kind and about.is_named:
            yield Record(
                document=document,
                title=about.name(lang).value,
                kind=words(lang)[_KINDS[kind]] if _KINDS[kind] else "",
                texts=sorted(_texts(about), key=lambda text: (-text[0], text[1])),
                filters=list(_filters(about)) if not _KINDS[kind] else [],
            )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _texts(about: Resource) -> Iterator[tuple[float, str]]:
    """Yield the texts by which a resource is found, with and without accents."""
    weights: dict[str, float] = {}
    for weight, text in _weighted(about):
        for written in (text, fold(text)):
            weights[written] = max(weight, weights.get(written, 0))
    for text, weight in weights.items():
        yield weight, text


def _weighted(about: Resource) -> Iterator[tuple[float, str]]:
    is_source = "msc:Source" in about.types
    for text in _literals(about, (*_NAMES, "rdfs:label", "dcterms:title")):
        yield _OF_A_TITLE if is_source else _OF_A_NAME, text
    for text in _literals(about, ("skos:definition", "schema:publisher")):
        yield _OF_A_TEXT, text
    for text in _former_names(about):
        yield _OF_A_FORMER_NAME, text
    for text in _initials(about):
        yield _OF_A_NAME, text
    for country in about.resources("msc:country"):
        for text in _literals(country, _NAMES):
            yield _OF_A_PLACE, text


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
        yield from _literals(entry, ("msc:rawName",))


def _initials(about: Resource) -> Iterator[str]:
    """Yield the initials of a state, a country or a union: those of others are often words."""
    category = category_of(about)
    is_state = category is not None and category.code == "state"
    if is_state or about.incoming("msc:country") or about.incoming("org:memberOf"):
        for name in _literals(about, ("skos:prefLabel",)):
            initials = "".join(re.findall(r"\b[A-Z]", name))
            if len(initials) > 1:
                yield initials


def _filters(party: Resource) -> Iterator[tuple[str, str]]:
    """Yield the filters of a party: the name of the filter, and the code."""
    for country in party.resources("msc:country"):
        yield "country", country.code
    endorsement = standing(party)
    if endorsement is None:
        yield "status", "none"
        return
    for name in ("category", "status"):
        for resource in endorsement.resources(f"msc:{name}"):
            yield name, resource.code
    yield "year", endorsement.date("msc:since")[:4]
