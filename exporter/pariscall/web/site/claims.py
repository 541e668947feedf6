"""Claims as the pages need them: by call, and what is at issue where one is disputed."""

from __future__ import annotations

from collections.abc import Iterable

from .endorsements import in_time
from .resources import Resource


def by_call(claims: Iterable[Resource]) -> list[tuple[Resource | None, list[Resource]]]:
    """Return the claims about each call in the order of time, the call with most claims first.

    Claims that are about no call have None for a call, and are the last.
    """
    groups: dict[Resource | None, list[Resource]] = {}
    for claim in in_time(claims):
        call = next(iter(claim.resources("msc:aboutCall")), None)
        groups.setdefault(call, []).append(claim)
    return sorted(
        groups.items(),
        key=lambda group: (group[0] is None, -len(group[1]), group[0].iri if group[0] else ""),
    )


def at_issue(claim: Resource) -> str:
    """Return the message that names what is at issue in a claim that is disputed or rejected.

    Of a party that does endorse the call, the date is at issue, not the support.
    """
    if "msc:CountClaim" in claim.types:
        return "issue_number"
    if "msc:AttributeClaim" in claim.types:
        return "issue_value"
    calls = claim.resources("msc:aboutCall")
    endorsed = [
        call
        for party in claim.resources("msc:aboutAgent")
        for call in party.resources("msc:endorses")
    ]
    is_dated = claim.value("msc:claimedDate") is not None
    return "issue_date" if is_dated and set(calls) & set(endorsed) else "issue_support"
