"""What is on record of a party, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .finding import Party
from .records import Claim, Event, Signatory

# How a date of an endorsement is known; a declared date needs no word.
_KNOWN = {
    "reported": " (reported)",
    "first-seen": " (first listed; the date of signature is not known)",
}


def profile(party: Party) -> str:
    """Return the lines on a party: its endorsements with their events, then what sources say."""
    return "\n".join(_lines(party)) + "\n"


def summary(party: Party) -> str:
    """Return the line on a party in a list: name, identifier, and where it stands."""
    stands = "; ".join(f"{own.call} {own.status} since {own.since}" for own in party.endorsements)
    return f"{party.name}  [{party.id}]  {stands or 'no endorsement on record'}"


def _lines(party: Party) -> Iterator[str]:
    yield f"{party.name}  [{party.id}]"
    others = [name for name in dict.fromkeys(party.names) if name != party.name]
    if others:
        yield f"  also: {'; '.join(others)}"
    for own in party.endorsements:
        if own is party.endorsements[0]:
            about = [text for text in (own.nature, own.country_name, own.website) if text]
            yield f"  {', '.join(about)}" if about else f"  {own.iri}"
        yield ""
        yield from _endorsement(own)
        yield from (_event(event) for event in _ordered(party, own))
    if not party.endorsements:
        yield "  no endorsement on record"
    if party.claims:
        yield ""
        yield "What sources say"
        yield from (_claim(claim) for claim in party.claims)


def _endorsement(own: Signatory) -> Iterator[str]:
    yield f"{own.call}: {own.status}, {own.category}"
    yield f"  since {own.since}{_KNOWN.get(own.since_basis, '')}"
    if own.signed_earliest and own.signed_latest:
        yield f"  signed {_window(own.signed_earliest, own.signed_latest)}"
    if own.until:
        ending = f", replaced by {own.superseded_by}" if own.superseded_by else ""
        yield f"  until {own.until}{ending}"


def _ordered(party: Party, own: Signatory) -> list[Event]:
    events = [event for event in party.events if event.endorsement == own.endorsement]
    return sorted(events, key=lambda event: (event.latest, event.earliest, event.iri))


def _event(event: Event) -> str:
    change = f": {event.before} -> {event.after}" if event.before and event.after else ""
    source = f"  ({event.source.title})" if event.source else ""
    return f"    {_window(event.earliest, event.latest)}  {event.type}{change}{source}"


def _claim(claim: Claim) -> str:
    note = f"  {claim.note}" if claim.note else ""
    when = _window(claim.earliest, claim.latest)
    return (
        f"  {when}  {claim.polarity} {claim.call}, {claim.assessment}: {claim.source.title}{note}"
    )


def _window(first: date, last: date) -> str:
    return str(first) if first == last else f"{first}/{last}"
