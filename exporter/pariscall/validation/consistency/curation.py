"""What is curated by hand: datasets, principles, public events, countries and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import did_you_mean
from ...harvest.fields import CORRECTED_COLUMNS
from ...tables.csvw import Schema
from ...tables.rows import Read, Row
from .disagreement import Disagreement, disagreement

# Countries and bodies of the table for which ISO 3166-1 has no code.
_BEYOND_ISO = {"1A0", "CPT", "EUR", "FQ0"}

# What commit, file and value of each decision look like.
_ANY, _COMMIT, _DAY, _SOME, _NONE = r"[*]", r"[0-9a-f]{7}", r"\d{4}-\d\d-\d\d", r"[^*].*", ""
_NEEDS = {
    _ANY: "'*'",
    _COMMIT: "seven hexadecimal digits",
    _DAY: "a date",
    _SOME: "one value",
    _NONE: "an empty cell",
}
_FORMS = {
    "same-party": {"commit": _ANY, "file": _SOME, "value": _NONE},
    "duplicate": {"commit": _ANY, "file": _SOME, "value": _NONE},
    "not-a-party": {"commit": _ANY, "file": _SOME, "value": _NONE},
    "misfiled": {"commit": _COMMIT, "file": _SOME, "value": _NONE},
    "succession": {"commit": _COMMIT, "file": _SOME, "value": _SOME},
    "not-a-registry-state": {"commit": _COMMIT, "file": _ANY, "value": _NONE},
    "bulk-date": {"commit": _COMMIT, "file": _ANY, "value": _DAY},
}


def curation_problems(read: Read, schema: Schema) -> Iterator[Disagreement]:
    """Report cells that cannot mean what they say."""
    yield from _dataset_problems(read, schema)
    yield from _principle_problems(read)
    yield from _public_event_problems(read)
    yield from _country_problems(read)
    yield from _correction_problems(read)
    yield from _decision_problems(read)


def _dataset_problems(read: Read, schema: Schema) -> Iterator[Disagreement]:
    sources = {row["source"]: row for row in read("sources.csv")}
    datasets = list(read("datasets.csv"))
    if not datasets:
        problem = "there is no dataset. Add the row that describes what the tables make up."
        yield Disagreement(schema["datasets.csv"], 1, "", problem)
    for dataset in datasets:
        source = sources[dataset["source"]]
        if dataset["registry"] and dataset["dataset"] != dataset["registry"]:
            problem = (
                f"the dataset is not named after its registry {dataset['registry']}. Rename it."
            )
            yield disagreement(dataset, "dataset", problem)
        for column, drawn in (("modified", source["issued"]), ("registry", source["registry"])):
            if dataset[column] != drawn:
                yield disagreement(
                    dataset,
                    column,
                    f"{column} is {dataset[column]!r}, and {drawn!r} by {source.location}, the "
                    "source of the dataset. Correct one of them.",
                )


def _principle_problems(read: Read) -> Iterator[Disagreement]:
    """Report a gap: the principles of a call are numbered from 1 on, and have one source."""
    call, number, source = "", 0, ""
    for principle in read("principles.csv"):
        is_next = principle["call"] == call
        if is_next and principle["source"] != source:
            problem = f"the principle before has the source {source}. Correct one of them."
            yield disagreement(principle, "source", problem)
        number = number + 1 if is_next else 1
        call, source = principle["call"], principle["source"]
        if int(principle["principle"]) != number:
            problem = f"principle {number} of {call} is missing. Add it."
            yield disagreement(principle, "principle", problem)
            number = int(principle["principle"])


def _public_event_problems(read: Read) -> Iterator[Disagreement]:
    """Report an event that was not in the year that its name ends in."""
    for public_event in read("public_events.csv"):
        year = public_event["public_event"].rpartition("-")[2]
        for column in ("start", "end", "earliest", "latest"):
            day = public_event[column]
            if year.isdigit() and day and not day.startswith(year):
                problem = f"{column} is {day}, which is not in {year}. Correct it or the name."
                yield disagreement(public_event, column, problem)


def _country_problems(read: Read) -> Iterator[Disagreement]:
    """Report a country whose ISO 3166-1 code is not its own code."""
    for country in read("countries.csv"):
        is_of_iso = not country["ended"] and country["country"] not in _BEYOND_ISO
        expected = country["country"] if is_of_iso else ""
        if country["alpha3"] != expected:
            problem = f"alpha3 is {country['alpha3']!r}. It must be {expected!r}."
            yield disagreement(country, "alpha3", problem)


def _correction_problems(read: Read) -> Iterator[Disagreement]:
    """Report a correction of every value, or into a column that its field cannot fill."""
    for correction in read("corrections.csv"):
        if (value := correction["registry_value"]) in ("", "*"):
            problem = f"registry_value is {value!r}, but a correction is of one value. Name it."
            yield disagreement(correction, "registry_value", problem)
        field = correction["field"]
        columns = CORRECTED_COLUMNS.get(field)
        if columns is None:
            problem = (
                f"{field} is not a field of the registry.{did_you_mean(field, CORRECTED_COLUMNS)}"
            )
            yield disagreement(correction, "field", problem)
        elif correction["column"] not in columns:
            problem = f"{field} never fills {correction['column']}. Write {' or '.join(columns)}."
            yield disagreement(correction, "column", problem)


def _decision_problems(read: Read) -> Iterator[Disagreement]:
    """Report a decision with a wrong form, or about a file that is not known."""
    decisions = list(read("decisions.csv"))
    named = {decision["file"] for decision in decisions}
    known = {row["file"] for row in read("identifiers.csv") if row["file"] in named}
    for decision in decisions:
        kind, file = decision["decision"], decision["file"]
        if column := _ill_formed_column(decision):
            need = _NEEDS[_FORMS[kind][column]]
            problem = f"a {kind!r} decision needs {need} as its {column}. Correct it."
            yield disagreement(decision, column, problem)
        elif file != "*" and kind not in {"not-a-party", "misfiled"} and file not in known:
            problem = f"identifiers.csv has no file {file}. Correct the name."
            yield disagreement(decision, "file", problem)


def _ill_formed_column(decision: Row) -> str | None:
    """Return the first column that has not the form which its kind of decision needs."""
    forms = _FORMS[decision["decision"]].items()
    return next((name for name, form in forms if not re.fullmatch(form, decision[name])), None)
