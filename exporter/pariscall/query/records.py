"""What is on record, as Python objects: who signed, what happened, who said what.

Codes are those of the code lists without their prefix, such as ``active`` of ``status:active``.
Parties and calls are named by the last part of their IRI, countries by ISO 3166-1 alpha-3 code.
What happened between two dates has both, ``earliest`` and ``latest``; they are equal if the date
is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document in which something can be read: a page, a press release, a registry state."""

    iri: str
    id: str
    title: str
    publisher: str | None
    type: str
    issued: date | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """An endorsement and the party that gave it; one that came back has two.

    ``since`` is the first date on which the support is known from any source, ``until`` the date
    by which it had ended. The signature lies between ``signed_earliest`` and ``signed_latest``.
    ``superseded_by`` names the party that took its place. ``wikidata``, ``ror``, ``lei`` and ``isni``
    are what the party is exactly in these registries.
    """

    iri: str
    id: str
    name: str
    name_fr: str | None
    nature: str | None
    country: str | None
    country_name: str | None
    website: str | None
    endorsement: str
    call: str
    category: str
    status: str
    since: date
    since_basis: str
    until: date | None
    until_basis: str | None
    superseded_by: str | None
    signed_earliest: date | None
    signed_latest: date | None
    sources: tuple[Source, ...]
    wikidata: str | None = None
    ror: str | None = None
    lei: str | None = None
    isni: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to an endorsement, and where it can be seen.

    Of a change, such as of category or name, ``before`` and ``after`` are the two values.
    """

    iri: str
    endorsement: str
    party: str
    name: str
    call: str
    type: str
    earliest: date
    latest: date
    basis: str
    source: Source | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source says of a party and a call, and what the curators make of it.

    ``claimed_date`` is the date of signature that the source gives; ``earliest`` and ``latest``
    say when the claim was made.
    """

    iri: str
    source: Source
    party: str
    name: str
    call: str
    polarity: str
    claimed_date: date | None
    earliest: date
    latest: date
    quote: str | None
    confidence: str | None
    assessment: str
    note: str | None
    note_fr: str | None
