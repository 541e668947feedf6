"""Matching: names from elsewhere, set beside the parties, countries and calls that the data have.

What comes out are candidates with a score, for a person to decide; nothing is matched by a name that
is only alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from ..rdf.namespaces import BASE, COUNTRY
from ..tables.csvw import TABLES, read_schema
from ..tables.likeness import acronyms_of, initials_of, likeness, words_of
from ..tables.rows import read_rows
from .finding import parties
from .record_reader import RecordReader

KINDS = ("party", "country", "call")
BY_NAME_ALONE = "only the name agrees"
LONGEST = 300  # characters of a name that is compared
_WHOLE = 100  # what a common short form or website weighs against three common letters
_COMPARED = 60  # candidates whose names are compared letter by letter
_LEAST = 0.5
_SURE = 0.95
_LEAD = 0.05  # by how much the best must lead for it to be the match
_OTHER_COUNTRY = 0.8  # what a score is multiplied by if the country differs
_BY_NAME = 0.7  # what a score is multiplied by if nothing but the name agrees
_AT_ITS_SITE = 0.95  # the score of whoever is at the website that was given


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to match with: a party, a country or a call, under all its names."""

    iri: str
    kind: str
    name: str
    names: Sequence[str]
    country: str = ""
    country_name: str = ""
    website: str = ""
    properties: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> str:
        """The IRI without the base of the project, or the whole IRI of a country."""
        return self.iri.removeprefix(BASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: its score from 0 to 100, and whether it is surely meant."""

    thing: Thing
    score: float
    is_match: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a party and something elsewhere agree: a confidence from 0 to 1, and what agrees."""

    confidence: float
    rule: str


class Matcher:
    """Finds the things that a name may mean.

    Raises:
        TableError: if the tables cannot be read.
    """

    def __init__(self, things: Iterable[Thing] | None = None) -> None:
        self.things = list(_things() if things is None else things)
        self._grams: dict[str, list[int]] = {}
        for at, thing in enumerate(self.things):
            grams = {gram for name in thing.names for gram in _grams(name)}
            for gram in grams | {f"@{_host(thing.website)}"}:
                self._grams.setdefault(gram, []).append(at)

    @cached_property
    def by_id(self) -> dict[str, Thing]:
        """The things by their identifier."""
        return {thing.id: thing for thing in self.things}

    def match(
        self,
        name: str,
        kind: str = "",
        country: str = "",
        website: str = "",
        limit: int = 5,
    ) -> list[Candidate]:
        """Return the candidates for a name, the best first.

        A country is a code or a name in English or French, a website an address or a host.
        """
        name = name[:LONGEST]
        code, host = self._country(country), _host(website)
        shared: Counter[int] = Counter()
        for gram in _grams(name) | ({f"@{host}"} if host else set()):
            weight = _WHOLE if gram[0] in "=@" else 1
            shared.update(dict.fromkeys(self._grams.get(gram, ()), weight))
        found = []
        for at, _ in shared.most_common(_COMPARED):
            thing = self.things[at]
            if kind in ("", thing.kind):
                score = _score(thing, name, code, host)
                if score >= _LEAST:
                    found.append((round(score * 100, 1), thing))
        found.sort(key=lambda scored: (-scored[0], scored[1].name, scored[1].iri))
        return [
            Candidate(thing, score, is_match=at == 0 and _is_sure(found))
            for at, (score, thing) in enumerate(found[:limit])
        ]

    def compare(self, thing: Thing, name: str, country: str = "", website: str = "") -> Agreement:
        """Return how far a thing agrees with what another register says of something.

        A name alone is never much: without the country or the website it counts for less.
        """
        code, host = self._country(country), _host(website)
        alike = max(likeness(name[:LONGEST], known) for known in thing.names)
        agreed = [
            *(["name"] if alike >= _SURE else ["name in part"] if alike >= _LEAST else []),
            *(["country"] if code and code == thing.country else []),
            *(["website"] if host and host == _host(thing.website) else []),
        ]
        is_more = len(agreed) > 1 or "website" in agreed
        score = _score(thing, name[:LONGEST], code, host) * (1 if is_more else _BY_NAME)
        rule = BY_NAME_ALONE
        if is_more:
            rule = f"{_listed(agreed)} agree{'s' if len(agreed) == 1 else ''}"
        if code and thing.country and code != thing.country:
            rule += ", the country differs"
        return Agreement(round(score, 2), rule)

    def suggest(self, prefix: str, kind: str = "", limit: int = 10) -> list[Thing]:
        """Return the things of which a name begins like a text, those with the shortest name first."""
        begin = "".join(words_of(prefix[:LONGEST]))
        found = [
            thing
            for thing in self.things
            if kind in ("", thing.kind)
            and any("".join(words_of(name)).startswith(begin) for name in thing.names)
        ]
        return sorted(found, key=lambda thing: (len(thing.name), thing.name))[:limit]

    def _country(self, country: str) -> str:
        """Return the code of a country that is given by code or name, or nothing."""
        if not country:
            return ""
        if country.upper() in self._codes:
            return self._codes[country.upper()]
        found = self.match(country, "country", limit=1)
        return found[0].thing.country if found and found[0].is_match else ""

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The codes of the countries by each code that they have."""
        countries = [thing for thing in self.things if thing.kind == "country"]
        return {
            code: thing.country
            for thing in countries
            for code in (thing.country, *map(thing.properties.get, ("alpha2", "m49")))
            if code
        }


def _listed(words: Sequence[str]) -> str:
    return " and ".join([*filter(None, [", ".join(words[:-1])]), words[-1]])


def _score(thing: Thing, name: str, country: str, host: str) -> float:
    score = max(likeness(name, known) for known in thing.names)
    if country and thing.country and thing.country != country:
        score *= _OTHER_COUNTRY
    if host and host == _host(thing.website):
        score = max(score, _AT_ITS_SITE)
    return score


def _is_sure(found: Sequence[tuple[float, Thing]]) -> bool:
    best = found[0][0] / 100
    second = found[1][0] / 100 if len(found) > 1 else 0.0
    return best >= _SURE and best - second >= _LEAD


def _grams(name: str) -> set[str]:
    """Return the runs of three letters of a name, its short forms and its initials."""
    text = f" {' '.join(words_of(name))} "
    short = "".join(words_of(name))
    return {
        *(text[at : at + 3] for at in range(len(text) - 2)),
        *(f"={each}" for each in {short, initials_of(name), *acronyms_of(name)} - {""}),
    }


def _host(website: str) -> str:
    address = website if "://" in website else f"//{website}"
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _things() -> Iterable[Thing]:
    schema = read_schema(TABLES)
    reader = RecordReader()
    for party in parties(reader.signatories(), reader.events(), reader.claims()):
        signed = party.endorsements[-1] if party.endorsements else None
        properties = {
            name: value
            for name in ("category", "status", "nature", "wikidata", "ror", "lei", "isni")
            if signed and (value := getattr(signed, name))
        }
        if signed:
            properties |= {"since": signed.since.isoformat(), "call": signed.call}
        yield Thing(
            iri=f"{BASE}actor/{party.id}",
            kind="party",
            name=party.name,
            names=tuple(dict.fromkeys(party.names)),
            country=(signed and signed.country) or "",
            country_name=(signed and signed.country_name) or "",
            website=(signed and signed.website) or "",
            properties=properties,
        )
    for row in read_rows(schema["countries.csv"]):
        names = tuple(dict.fromkeys((row["name_en"], row["name_fr"])))
        codes = {name: row[name] for name in ("alpha2", "alpha3", "m49") if row[name]}
        iri = COUNTRY + row["country"]
        yield Thing(iri, "country", row["name_en"], names, row["country"], properties=codes)
    for row in read_rows(schema["calls.csv"]):
        names = tuple(dict.fromkeys(filter(None, row.texts("label").values())))
        yield Thing(f"{BASE}call/{row['call']}", "call", names[0], names)
