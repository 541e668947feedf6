"""Endorsements as the pages need them: call, status, category and dates.

Unless another call is meant, they are those of the call of the project.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ...project import current
from ...rdf.namespaces import BASE
from .resources import Resource

_ACTIVE = "active"
_KEPT = 16384
CALL = f"{BASE}call/{current().call}"


def status_of(endorsement: Resource) -> Resource | None:
    """Return the status of an endorsement."""
    return next(iter(endorsement.resources("msc:status")), None)


def is_active(endorsement: Resource) -> bool:
    """Return whether an endorsement is active."""
    status = status_of(endorsement)
    return status is not None and status.code == _ACTIVE


def is_of_call(endorsement: Resource, call: str = CALL) -> bool:
    """Return whether an endorsement is of a call, given by its IRI."""
    return any(resource.iri == call for resource in endorsement.resources("msc:call"))


@lru_cache(_KEPT)
def standing(party: Resource, call: str = CALL) -> Resource | None:
    """Return the endorsement that shows how a party stands to a call: an active one, or else the last."""
    endorsements = sorted(
        (each for each in party.resources("msc:hasEndorsement") if is_of_call(each, call)),
        key=lambda each: (is_active(each), each.iri),
    )
    return endorsements[-1] if endorsements else None


def signatories_of(parties: Iterable[Resource]) -> list[Resource]:
    """Return the parties that endorse the call of the project, or did."""
    return [party for party in parties if standing(party)]


def is_supporter(party: Resource) -> bool:
    """Return whether a party has an active endorsement."""
    endorsement = standing(party)
    return endorsement is not None and is_active(endorsement)


def category_of(party: Resource, call: str = CALL) -> Resource | None:
    """Return the present category of a party, or its last one."""
    endorsement = standing(party, call)
    return next(iter(endorsement.resources("msc:category")), None) if endorsement else None


def by_category(
    parties: Iterable[Resource], call: str = CALL
) -> list[tuple[Resource, list[Resource]]]:
    """Return the parties of each category, the largest category first."""
    groups: dict[Resource, list[Resource]] = {}
    for party in parties:
        category = category_of(party, call)
        if category:
            groups.setdefault(category, []).append(party)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].iri))


def period(record: Resource) -> tuple[str, str]:
    """Return the earliest and the latest date of a record; empty if unknown."""
    day = record.date("msc:date")
    return (
        record.date("msc:earliest") or record.date("schema:startDate") or day,
        record.date("msc:latest") or record.date("schema:endDate") or day,
    )


def in_time(records: Iterable[Resource]) -> list[Resource]:
    """Return dated records in the order of their latest date, then of their earliest."""
    return sorted(records, key=lambda record: (*reversed(period(record)), record.iri))
