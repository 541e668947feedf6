"""The numbers of the charts: endorsements by date, category, region and country.

They are those of the call of the project.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...rdf.namespaces import PREFIXES
from ...tables.document import Document
from .endorsements import by_category, category_of, is_of_call, is_supporter, period
from .resources import Resource, Resources

Documents = Mapping[str, Document]

_BASES = ("declared", "reported", "first-seen")  # from the best known to the least known


@dataclass(frozen=True)
class Figure:
    """A table of numbers: each row has one number for each resource of the series.

    The key of a row is a date (ISO 8601) or the code of a region (UN M49).
    """

    name: str
    series: Sequence[Resource]
    rows: Sequence[tuple[str, tuple[int, ...]]]

    @property
    def total(self) -> int:
        """The sum of all numbers."""
        return sum(sum(numbers) for _, numbers in self.rows)


@dataclass(frozen=True)
class Step:
    """A date on which the number of a resource changes by one."""

    day: str
    resource: Resource
    change: int


def all_figures(resources: Resources, documents: Documents, last: str) -> list[Figure]:
    """Return the figures of all charts, up to the last known date."""
    return [categories(resources, last), since(resources, last), regions(resources, documents)]


def since(resources: Resources, last: str) -> Figure:
    """Return the endorsements known at the end of each month, by how their first date is known.

    Endorsements that have ended are still counted.
    """
    series = [resources[PREFIXES["date-basis"] + basis] for basis in _BASES]
    steps = [
        Step(endorsement.date("msc:since"), basis, 1)
        for endorsement in _endorsements(resources)
        for basis in endorsement.resources("msc:sinceBasis")
    ]
    return Figure("since", series, _accumulate(steps, series, last))


def categories(resources: Resources, last: str) -> Figure:
    """Return the parties that the registry listed at the end of each month, by category.

    The numbers are those of ``--as-of``.
    """
    steps = [step for endorsement in _endorsements(resources) for step in _steps(endorsement)]
    sizes = Counter[Resource]()
    for step in steps:
        sizes[step.resource] += step.change
    series = sorted(sizes, key=lambda category: (-sizes[category], category.iri))
    return Figure("categories", series, _accumulate(steps, series, last))


def regions(resources: Resources, documents: Documents) -> Figure:
    """Return the supporters of each region, by category, the largest region first."""
    supporters = _supporters(resources)
    series = [category for category, _ in by_category(supporters)]
    counts: dict[str, Counter[Resource | None]] = {}
    for party in supporters:
        counts.setdefault(_region(documents, party), Counter())[category_of(party)] += 1
    order = sorted(counts, key=lambda region: (not region, -counts[region].total(), region))
    rows = [(region, tuple(counts[region][resource] for resource in series)) for region in order]
    return Figure("regions", series, rows)


def countries(
    resources: Resources, documents: Documents
) -> Mapping[str, list[tuple[Resource, int]]]:
    """Return the supporters of each country, by region, the largest country first."""
    found: Counter[Resource] = Counter()
    for party in _supporters(resources):
        found.update(party.resources("msc:country"))
    groups: dict[str, list[tuple[Resource, int]]] = {}
    for country, number in sorted(found.items(), key=lambda item: (-item[1], item[0].iri)):
        groups.setdefault(_region_of(documents, country), []).append((country, number))
    order = sorted(groups, key=lambda region: (not region, -sum(n for _, n in groups[region])))
    return {region: groups[region] for region in order}


def _endorsements(resources: Resources) -> list[Resource]:
    return [each for each in resources.of_class("msc:Endorsement") if is_of_call(each)]


def _supporters(resources: Resources) -> list[Resource]:
    return [party for party in resources.of_class("msc:Signatory") if is_supporter(party)]


def _region(documents: Documents, party: Resource) -> str:
    return next((_region_of(documents, country) for country in party.resources("msc:country")), "")


def _region_of(documents: Documents, country: Resource) -> str:
    document = documents.get(f"country/{country.code}")
    return document.rows[0]["region"] if document else ""


def _steps(endorsement: Resource) -> Iterator[Step]:
    """Yield when the registry listed a party, in which category, and until when."""
    [category] = endorsement.resources("msc:category")
    events = endorsement.resources("msc:hasEvent")
    listings = [period(event)[1] for event in events if _type(event) == "listing"]
    start = min(listings, default=endorsement.date("msc:since"))
    end = endorsement.date("msc:until")
    if end:
        yield Step(end, category, -1)
    for day, before in _moves(events):
        if before is not category and day > start:
            yield Step(day, category, 1)
            yield Step(day, before, -1)
            category = before
    yield Step(start, category, 1)


def _moves(events: Iterable[Resource]) -> Iterator[tuple[str, Resource]]:
    """Return the dates on which the category changed, the last first, and the category before."""
    moves: dict[str, list[Resource]] = {}
    for event in events:
        if event.resources("msc:fromCategory"):
            moves.setdefault(period(event)[1], []).append(event)
    for day in sorted(moves, reverse=True):
        left = [
            resource for event in moves[day] for resource in event.resources("msc:fromCategory")
        ]
        reached = [
            resource for event in moves[day] for resource in event.resources("msc:toCategory")
        ]
        # Of several changes on one date, the first starts from a value that no other change leads to.
        yield day, next((resource for resource in left if resource not in reached), left[0])


def _accumulate(
    steps: Iterable[Step], series: Sequence[Resource], last: str
) -> list[tuple[str, tuple[int, ...]]]:
    ordered = sorted(steps, key=lambda step: step.day)
    counts: Counter[Resource] = Counter()
    rows = []
    at = 0
    for day in _month_ends(ordered[0].day, last) if ordered else ():
        while at < len(ordered) and ordered[at].day <= day:
            counts[ordered[at].resource] += ordered[at].change
            at += 1
        rows.append((day, tuple(counts[resource] for resource in series)))
    return rows


def _month_ends(first: str, last: str) -> Iterator[str]:
    """Yield the last date of each month, and of the last month the last known date."""
    year, month = date.fromisoformat(first).year, date.fromisoformat(first).month
    while (day := date(year, month, monthrange(year, month)[1]).isoformat()) < last:
        yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    yield last


def _type(event: Resource) -> str:
    return next((resource.code for resource in event.resources("msc:eventType")), "")
