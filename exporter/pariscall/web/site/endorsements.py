"""Who supports a call, as the graph has it: the few questions that several pages ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .resources import Resource

_ACTIVE = "active"


def status_of(endorsement: Resource) -> Resource | None:
    """Give the status of an endorsement."""
    return next(iter(endorsement.resources("msc:status")), None)


def is_active(endorsement: Resource) -> bool:
    """Tell whether an endorsement is in force."""
    status = status_of(endorsement)
    return status is not None and status.code == _ACTIVE


def standing(party: Resource) -> Resource | None:
    """Give the endorsement that says where a party stands now: one in force, or else the last."""
    endorsements = sorted(
        party.resources("msc:hasEndorsement"), key=lambda e: (is_active(e), e.iri)
    )
    return endorsements[-1] if endorsements else None


def is_supporter(party: Resource) -> bool:
    """Tell whether an endorsement of a party is in force."""
    endorsement = standing(party)
    return endorsement is not None and is_active(endorsement)


def category_of(party: Resource) -> Resource | None:
    """Give the category in which a party stands, or last stood."""
    endorsement = standing(party)
    return next(iter(endorsement.resources("msc:category")), None) if endorsement else None


def by_category(parties: Iterable[Resource]) -> list[tuple[Resource, list[Resource]]]:
    """Group parties by their category, the largest group first."""
    groups: dict[Resource, list[Resource]] = {}
    for party in parties:
        category = category_of(party)
        if category:
            groups.setdefault(category, []).append(party)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].iri))


def by_code(resources: Iterable[Resource], predicate: str) -> list[tuple[Resource, int]]:
    """Count things by the code that a predicate gives them, the most frequent first."""
    codes = Counter(code for resource in resources for code in resource.resources(predicate))
    return sorted(codes.items(), key=lambda item: (-item[1], item[0].iri))


def period(record: Resource) -> tuple[str, str]:
    """Give the first and the last day that a record can belong to; nothing if none is known."""
    day = record.date("msc:date")
    return (
        record.date("msc:earliest") or record.date("schema:startDate") or day,
        record.date("msc:latest") or record.date("schema:endDate") or day,
    )


def in_time(records: Iterable[Resource]) -> list[Resource]:
    """Sort dated records by the last day that they can belong to, then by the first."""
    return sorted(records, key=lambda record: (*reversed(period(record)), record.iri))
