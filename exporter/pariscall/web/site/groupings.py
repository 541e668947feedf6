"""Groupings of states: who is a member today, and which of these states support the call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .endorsements import is_supporter, standing
from .page import Content, Page
from .resources import Resource


def groupings(content: Content, lang: str) -> Iterator[Page]:
    """Yield the page of the groupings, if there are any; each has its own page as a resource."""
    found = content.resources.of_class("msc:Grouping", lang)
    if found:
        yield Page("groupings", "groupings.html", values={"groupings": found})


def periods(content: Content) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Return from when, at the latest, to when each country was a member, by grouping and country.

    The end of a period is its last day; empty if it has none.
    """
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for grouping in content.resources.of_class("msc:Grouping"):
        members = found[grouping.code] = {}
        for each in grouping.incoming("msc:grouping"):
            for country in each.resources("msc:memberCountry"):
                period = (each.date("msc:latest"), each.date("msc:memberUntil"))
                members.setdefault(country.code, []).append(period)
    return found


def current_members(memberships: Iterable[Resource]) -> list[Resource]:
    """Return the memberships that have not ended."""
    return [each for each in memberships if not each.date("msc:memberUntil")]


def state_supports(membership: Resource) -> bool:
    """Return whether the state of a member country supports the call of the project."""
    return any(
        is_supporter(party) and _is_state(party)
        for country in membership.resources("msc:memberCountry")
        for party in country.incoming("msc:country")
    )


def _is_state(party: Resource) -> bool:
    endorsement = standing(party)
    return endorsement is not None and any(
        category.code == "state" for category in endorsement.resources("msc:category")
    )
