"""Parties found by a name: any that the data have, with typing errors if need be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from ..errors import MisuseError
from ..tables.text import without_accents
from .records import Claim, Event, Signatory

_LIKE = 0.75  # how alike two words must be, 0 to 1
_SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Party:
    """A party with all that is on record of it: its endorsements, events and claims."""

    id: str
    names: list[str] = field(default_factory=list)
    endorsements: list[Signatory] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name that it goes by."""
        return self.names[0]


def parties(
    signatories: Iterable[Signatory], events: Iterable[Event], claims: Iterable[Claim]
) -> list[Party]:
    """Return the parties of some records, in the order of their names."""
    found: dict[str, Party] = {}
    for signatory in signatories:
        party = found.setdefault(signatory.id, Party(signatory.id))
        party.names.extend(name for name in (signatory.name, signatory.name_fr) if name)
        party.endorsements.append(signatory)
    for claim in claims:
        party = found.setdefault(claim.party, Party(claim.party))
        party.names.append(claim.name)
        party.claims.append(claim)
    for event in events:
        party = found[event.party]
        party.events.append(event)
        if event.type == "name-change" and event.before:
            party.names.append(event.before)
    return sorted(found.values(), key=lambda party: (_fold(party.name), party.id))


def search(known: Iterable[Party], text: str) -> list[Party]:
    """Return the parties that a text finds, those with the whole text for a name first.

    Each word of the text must begin a word of a name. If it begins none of any party, a word that is
    like it takes its place. Case and accents have no meaning.
    """
    words = {party.id: _words_of(party) for party in known}
    wanted = [_nearest(word, words) for word in _split(text)]
    if not wanted or None in wanted:
        return []
    found = [
        party
        for party in known
        if all(any(own.startswith(word or "") for own in words[party.id]) for word in wanted)
    ]
    return sorted(found, key=lambda party: not _is_called(party, text))


def find_party(known: Iterable[Party], text: str) -> Party:
    """Return the party of an identifier or a name.

    Raises:
        MisuseError: if there is none, or if several are meant; the message names them.
    """
    known = list(known)
    exact = [party for party in known if party.id == text] or [
        party for party in known if _is_called(party, text)
    ]
    found = exact or search(known, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise MisuseError(f"no party is called {text!r}. Try a part: pariscall search WORD.")
    some = "; ".join(f"{party.name} ({party.id})" for party in found[:_SUGGESTED])
    more = f"; and {len(found) - _SUGGESTED} more" if len(found) > _SUGGESTED else ""
    raise MisuseError(f"{text!r} may be {some}{more}. Give the identifier in parentheses.")


def _is_called(party: Party, text: str) -> bool:
    return " ".join(_split(text)) in {" ".join(_split(name)) for name in party.names}


def _nearest(word: str, words: Mapping[str, set[str]]) -> str | None:
    everything = set().union(*words.values())
    if any(known.startswith(word) for known in everything):
        return word
    return next(iter(get_close_matches(word, sorted(everything), 1, _LIKE)), None)


def _words_of(party: Party) -> set[str]:
    return {word for text in (*party.names, party.id) for word in _split(text)}


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", _fold(text))


def _fold(text: str) -> str:
    return without_accents(text.casefold())
