"""The description of the dataset where no datasets.csv gives it: from the project file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import ProjectError, relative
from ..project import current, in_language
from .csvw import Schema
from .rows import Row, read_file

DATASETS = "datasets.csv"
# What the texts say that the project file does not give.
_DESCRIPTION = {"en": "Who endorses {call}.", "fr": "Qui soutient {call}."}
_OTHER_CALLS = {"en": " Other calls: {calls}.", "fr": " Autres appels : {calls}."}
_RIGHTS = {"en": "Drawn from: {origin}.", "fr": "Tiré de : {origin}."}


def describe_dataset(
    source: Mapping[str, str] | Row, registry: str, records: int, others: Sequence[Row] = ()
) -> dict[str, str]:
    """Return the row of datasets.csv, given the source that the tables are drawn from.

    The title is that of the website unless the project file has another, and so on. ``others`` are the
    rows of calls.csv that the data are about beside the call of the project.

    Raises:
        ProjectError: if the project file lacks the licence or the publisher.
    """
    project = current()
    _check_is_described()
    origin = ", ".join(filter(None, (source["title"], source["url"])))
    described = project.description or project.summary
    texts = {
        "title": project.title or project.name,
        "description": described
        or {
            lang: _DESCRIPTION[lang].format(call=project.short[lang]) + _of_others(others, lang)
            for lang in project.languages
        },
        "rights": project.rights
        or {lang: _RIGHTS[lang].format(origin=origin) for lang in project.languages},
    }
    return {
        "dataset": project.slug,
        **{f"{name}_{lang}": text for name, by in texts.items() for lang, text in by.items()},
        "licence": project.licence,
        "registry": registry,
        "source": source["source"],
        "modified": source["issued"],
        "records": str(records),
        "publisher": project.publisher_name,
    }


def dataset_of_tables(schema: Schema) -> dict[str, str] | None:
    """Return the row of datasets.csv that follows from tables of history; without a source, none.

    The dataset is drawn from the last state of the registry of the call or, if the call has none,
    from the last source.

    Raises:
        ProjectError: as ``describe_dataset``.
        TableError: if a table cannot be read.
    """
    calls = {row["call"]: row for row in read_file(schema["calls.csv"])}
    registry = calls[current().call]["registry"] if current().call in calls else ""
    states = [row for row in read_file(schema["sources.csv"]) if row["registry"] == registry]
    if not states:
        return None
    last = max(states, key=lambda row: row["issued"])
    supporters: dict[str, set[str]] = {}
    for row in read_file(schema["endorsements.csv"]):
        if row["status"] == "active":
            supporters.setdefault(row["call"], set()).add(row["party"])
    if registry:
        entries = read_file(schema["entries.csv"]) if schema["entries.csv"].path.exists() else ()
        records = sum(row["source"] == last["source"] for row in entries)
    else:
        records = len(supporters.get(current().call, ()))
    others = [row for call, row in calls.items() if call in supporters and call != current().call]
    return describe_dataset(last, registry, records, others)


def _of_others(calls: Sequence[Row], lang: str) -> str:
    """Return a sentence that names other calls, or nothing if there are none."""
    names = [in_language(call.texts("label"), lang) for call in calls]
    return _OTHER_CALLS[lang].format(calls=", ".join(names)) if names else ""


def _check_is_described() -> None:
    project = current()
    for is_given, missing in (
        (project.licence, "'licence'"),
        (project.publisher_name, "'name' of [publisher]"),
    ):
        if not is_given:
            raise ProjectError(
                f"{relative(project.file)}: the key {missing} is missing, which describes the "
                f"dataset. Add it, or the table {DATASETS}."
            )
