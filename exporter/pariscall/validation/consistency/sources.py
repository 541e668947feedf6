"""Sources, and the claims that cite them: a claim is of the time of its source, and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from ...tables.rows import Read, Row
from .periods import Period, is_misnamed, period_of

_COUNTED = {
    "state": "states",
    "public-authority": "public-authorities",
    "": "total",
}


def citation_problems(read: Read) -> Iterator[str]:
    """Find sources that are not what their name says, and claims that do not fit their source."""
    sources = {row["source"]: row for row in read("sources.csv")}
    launches = {row["call"]: row["launched"] for row in read("calls.csv")}
    titles = _titles(sources.values())
    for source in sources.values():
        yield from _source_problems(source, titles.get(source["registry"], ""))
    for name in ("claims.csv", "counts.csv", "attributes.csv"):
        for claim in read(name):
            yield from _day_problems(claim, sources[claim["source"]], launches[claim["call"]])
    for count in read("counts.csv"):
        yield from _count_problems(count)
    yield from _claim_problems(read)


def _titles(sources: Iterable[Row]) -> dict[str, str]:
    """Give what most states of each registry are called, but for their days."""
    found: dict[str, Counter[str]] = {}
    for source in sources:
        if source["commit"]:
            title = source["title"].removesuffix(f" on {source['issued']}")
            found.setdefault(source["registry"], Counter())[title] += 1
    return {registry: counted.most_common(1)[0][0] for registry, counted in found.items()}


def _source_problems(source: Row, registry: str) -> Iterator[str]:
    name, issued, commit = source["source"], source["issued"], source["commit"]
    if is_misnamed(source):
        yield f"{source.location}: {name} is issued {issued or 'on no day'}. Name it by its day."
    if not commit:
        if registry and source["title"].startswith(registry):
            yield f"{source.location}: a state of the registry has no commit. Fill it in."
        return
    title = f"{registry} on {issued}"
    if source["title"] != title:
        yield f"{source.location}: the title is {source['title']!r}. It must be {title!r}."
    if not commit.startswith(name.rpartition("/")[2]) or not source["url"].endswith(f"/{commit}"):
        yield f"{source.location}: source, url and commit are not of one state. Correct them."


def _day_problems(claim: Row, source: Row, launch: str) -> Iterator[str]:
    """Find a claim that is not of the time of its source, since the launch."""
    first, last = claim["date"] or claim["earliest"], claim["date"] or claim["latest"]
    if launch and first < launch:
        yield f"{claim.location}: {first} is before the launch of the call. Correct the day."
    period = period_of(source)
    if period is None:
        return
    period = period.since(launch)
    is_within = period.first <= first and last <= period.last
    if claim.table.name == "counts.csv" and (claim["date"] or first < period.first):
        fits = last <= period.last  # a source may tell of an earlier count, or of one day
    elif claim["note_en"]:  # which may say why a narrower time is known, but not on one side only
        fits = is_within and (first == period.first) == (last == period.last)
    else:
        fits = period == Period(first, last)
    if not fits:
        yield (
            f"{claim.location}: the claim is of {first} to {last}, its source of {period.first} "
            f"to {period.last}. Correct one of them."
        )


def _count_problems(count: Row) -> Iterator[str]:
    """Find a count that is not named after what is counted."""
    counted = [count["category"], *filter(None, [count["category_2"]])]
    name = "-and-".join(_COUNTED.get(category, category) for category in counted)
    if "/" in count["source"]:
        yield f"{count.location}: a state of the registry counts nothing. Correct the source."
    if not count["claim"].startswith(name):
        yield f"{count.location}: {count['claim']} counts {name}. Name it so, or count what it names."


def _claim_problems(read: Read) -> Iterator[str]:
    days = {row["public_event"]: row for row in read("public_events.csv")}
    supports = {(row["source"], row["claim"]) for row in read("supports.csv")}
    bulk = {
        row["commit"]: row["value"]
        for row in read("decisions.csv")
        if row["decision"] == "bulk-date"
    }
    own = {row["dataset"] for row in read("datasets.csv")}
    claims = list(read("claims.csv"))
    number = Counter((row["source"], row["party"], row["call"]) for row in claims)
    for claim in claims:
        alone = number[claim["source"], claim["party"], claim["call"]] == 1
        if alone:
            yield from _name_problems(claim, own)
        yield from _bulk_problems(claim, bulk, own)
        yield from _occasion_problems(claim, days)
        if claim["claimed_date"] > (claim["date"] or claim["latest"]):
            yield f"{claim.location}: it claims a day later than its own. Correct one of them."
        is_accepted = claim["assessment"] == "accepted" and claim["polarity"] == "affirms"
        if is_accepted and (claim["source"], claim["claim"]) not in supports:
            yield f"{claim.location}: the claim is accepted and supports nothing. Add it to supports.csv."


def _name_problems(claim: Row, own: Collection[str]) -> Iterator[str]:
    """Find a claim that is not named after its party, and its call if that is not our own."""
    party, call, name = claim["party"], claim["call"], claim["claim"]
    expected = party if call in own else f"{party}-{call}"
    if name != expected and name.rstrip("0123456789") != f"{expected}-":
        yield f"{claim.location}: {name} is a claim about {party}. Name it {expected}."


def _bulk_problems(claim: Row, bulk: Mapping[str, str], own: Collection[str]) -> Iterator[str]:
    """Find a claim of a bulk date that is not the one that was decided to be such."""
    value = bulk.get(claim["source"].rpartition("/")[2])
    if claim["call"] not in own:
        given = claim["polarity"], claim["confidence"], claim["assessment"]
        if "/" in claim["source"] and given != ("affirms", "high", "unassessed"):
            yield f"{claim.location}: the registry affirms other calls, which nobody assessed. Say so."
        return
    if value is None:
        return
    if (claim["claimed_date"], claim["assessment"], claim["polarity"]) != (
        value,
        "disputed",
        "affirms",
    ):
        yield f"{claim.location}: {value} stood on every entry of that day. Claim and dispute it."


def _occasion_problems(claim: Row, public_events: Mapping[str, Row]) -> Iterator[str]:
    day, occasion = claim["claimed_date"], claim["occasion"]
    if day and occasion:
        public_event = public_events[occasion]
        first = public_event["start"] or public_event["earliest"]
        last = public_event["end"] or public_event["latest"]
        if not first <= day <= last:
            yield f"{claim.location}: {occasion} was not on {day}. Correct one of them."
