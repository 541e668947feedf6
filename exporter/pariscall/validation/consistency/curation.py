"""Codes, principles, corrections and decisions: what is numbered, listed or ruled by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...tables.rows import Read, Row

# The field of the registry, and the columns of ours that its values may belong in.
_COLUMNS = {
    "name": ("name",),
    "category": ("category",),
    "nature": ("nature", "member_of"),
    "nationality": ("country",),
    "website": ("website",),
    "date_signed": ("signed",),
    "alliance": ("call",),
}

# Countries and bodies of the table for which ISO 3166-1 has no code.
_BEYOND_ISO = {"1A0", "CPT", "EUR", "FQ0"}

# What commit, file and value of each decision look like.
_ANY, _COMMIT, _DAY, _SOME, _NONE = r"[*]", r"[0-9a-f]{7}", r"\d{4}-\d\d-\d\d", r"[^*].*", ""
_FORMS = {
    "same-party": (_ANY, _SOME, _NONE),
    "duplicate": (_ANY, _SOME, _NONE),
    "not-a-party": (_ANY, _SOME, _NONE),
    "misfiled": (_COMMIT, _SOME, _NONE),
    "succession": (_COMMIT, _SOME, _SOME),
    "not-a-registry-state": (_COMMIT, _ANY, _NONE),
    "bulk-date": (_COMMIT, _ANY, _DAY),
}


def ruling_problems(read: Read) -> Iterator[str]:
    """Find rows that cannot mean what they say."""
    yield from _dataset_problems(read)
    yield from _principle_problems(read)
    yield from _public_event_problems(read)
    for country in read("countries.csv"):
        is_of_iso = not country["ended"] and country["country"] not in _BEYOND_ISO
        if country["alpha3"] != (country["country"] if is_of_iso else ""):
            yield f"{country.location}: alpha3 is not that of the country. Correct one of them."
    for correction in read("corrections.csv"):
        if correction["registry_value"] == "*":
            yield f"{correction.location}: no one value is corrected. Name it."
        if correction["column"] not in _COLUMNS[correction["field"]]:
            field, column = correction["field"], correction["column"]
            yield f"{correction.location}: {field} is never a {column}. Correct one of them."
    yield from _decision_problems(read)


def _dataset_problems(read: Read) -> Iterator[str]:
    sources = {row["source"]: row for row in read("sources.csv")}
    datasets = list(read("datasets.csv"))
    if not datasets:
        yield "datasets.csv: there is no dataset. Describe what the tables make up."
    for dataset in datasets:
        source = sources[dataset["source"]]
        drawn = source["issued"], source["registry"]
        if dataset["dataset"] != dataset["registry"]:
            yield f"{dataset.location}: the dataset is not named after its registry. Rename it."
        if drawn != (dataset["modified"], dataset["registry"]):
            yield f"{dataset.location}: modified and registry are not of its source. Correct them."


def _principle_problems(read: Read) -> Iterator[str]:
    """Find a gap: the principles of a call are numbered from 1 on."""
    call, number, source = "", 0, ""
    for principle in read("principles.csv"):
        is_next = principle["call"] == call
        if is_next and principle["source"] != source:
            yield f"{principle.location}: the principle before it has another source. Correct one."
        number = number + 1 if is_next else 1
        call, source = principle["call"], principle["source"]
        if int(principle["principle"]) != number:
            yield f"{principle.location}: principle {number} of {call} is missing. Add it."
            number = int(principle["principle"])


def _public_event_problems(read: Read) -> Iterator[str]:
    """Find an event that was not in the year that its name ends in."""
    for public_event in read("public_events.csv"):
        year = public_event["public_event"].rpartition("-")[2]
        days = (public_event[column] for column in ("start", "end", "earliest", "latest"))
        if year.isdigit() and any(day and not day.startswith(year) for day in days):
            yield f"{public_event.location}: the days are not of {year}. Correct them or the name."


def _decision_problems(read: Read) -> Iterator[str]:
    known = {row["file"] for row in read("identifiers.csv")}
    for decision in read("decisions.csv"):
        kind, file = decision["decision"], decision["file"]
        if not _is_formed(decision):
            yield f"{decision.location}: that is no {kind}. See what commit, file and value it takes."
        elif file != "*" and kind not in {"not-a-party", "misfiled"} and file not in known:
            yield f"{decision.location}: the ledger has no file {file}. Correct the name."


def _is_formed(decision: Row) -> bool:
    cells = (decision["commit"], decision["file"], decision["value"])
    forms = _FORMS[decision["decision"]]
    return all(re.fullmatch(form, cell) for form, cell in zip(forms, cells, strict=True))
