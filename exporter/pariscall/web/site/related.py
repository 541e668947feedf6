"""Parties related to another one: its neighbours in the lists that a reader may want to see next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .endorsements import category_of, signatories_of
from .resources import Resource, in_order

_SHOWN = 6
_KEPT = 4096


def related(party: Resource, lang: str) -> Sequence[Resource]:
    """Return the next signatories of the same country and category, in the order of the names.

    After the last one comes the first, so that each is shown on some page.
    """
    country = next(iter(party.resources("msc:country")), None)
    ordered = _neighbours(country, category_of(party), lang) if country else []
    if party not in ordered:
        return []
    at = ordered.index(party)
    return [*ordered[at + 1 :], *ordered[:at]][:_SHOWN]


@lru_cache(_KEPT)
def _neighbours(country: Resource, category: Resource | None, lang: str) -> list[Resource]:
    parties = signatories_of(country.incoming("msc:country"))
    return in_order((each for each in parties if category_of(each) is category), lang)
