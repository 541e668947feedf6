"""One registry entry: its fields as published, and their values as interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pyoxigraph import NamedNode

from ..errors import RegistryError
from ..project import current
from ..tables.cell_checks import CONTROL
from ..tables.text import clean, slug
from .corrections import Corrections
from .fields import CALLS, COLUMNS, NAME, Field
from .vocabulary import Vocabulary

UNKNOWN = "unknown"

_ADVICE = "Add a row to corrections.csv that says what is meant."


class Entry(NamedTuple):
    """An entry: file name, published texts by field, and values by column of ours."""

    file: str
    published: Mapping[str, str]
    values: Mapping[str, str]
    name: str  # what the party is known by: the English name of a state
    alliances: tuple[str, ...]  # the other calls that the party is said to support

    @property
    def is_state(self) -> bool:
        """Whether the registry lists the party as a state."""
        return self.values["category"] == "state"

    @property
    def country(self) -> str:
        """The code of the country, or nothing."""
        return self.values.get("country", "")

    def without(self, column: str) -> Entry:
        """Return the entry without a value."""
        return self._replace(values={k: v for k, v in self.values.items() if k != column})


class Interpretation(NamedTuple):
    """What published texts mean: values by column of ours, and what is wrong by field."""

    values: Mapping[str, str]
    problems: Mapping[str, str]


def interpret(
    file: str, published: Mapping[str, str], corrections: Corrections, vocabulary: Vocabulary
) -> Interpretation:
    """Interpret the texts of a registry file by field: clean, correct and encode each."""
    values = {"category": UNKNOWN}
    problems = {}
    for field, text in published.items():
        if not text.isprintable() and CONTROL.search(text):
            problems[field] = "which holds a control character."
        value = clean(text)
        if not value:
            continue
        corrected, value = corrections.correct(field, value, file)
        column = corrected or COLUMNS[field]
        try:
            if value:
                values[column] = _encode(column, _meant(column, value), vocabulary)
        except ValueError as error:
            problems.setdefault(field, str(error))
    return Interpretation(values, problems)


def read_entry(
    file: str,
    fields: Mapping[str, Field],
    corrections: Corrections,
    vocabulary: Vocabulary,
    location: str | None = None,
) -> Entry:
    """Interpret the fields of a registry file, which may be in a list at another location.

    Raises:
        RegistryError: if a value is not in the vocabulary and no correction says what it means.
    """
    location = location or file
    published = {name: fields[name].text for name in COLUMNS if name in fields}
    found = interpret(file, published, corrections, vocabulary)
    problems = [
        f"{location}:{fields[name].line}: {name} is {published[name]!r}, {problem}"
        for name, problem in found.problems.items()
    ]
    alliances: list[str] = []
    if CALLS in fields:
        alliances, unknown = _calls(file, fields[CALLS].text, corrections, vocabulary)
        line = fields[CALLS].line
        problems += [
            f"{location}:{line}: {CALLS} is {text!r}, which is not a known call. {_ADVICE}"
            for text in unknown
        ]
    if "name" not in found.values and NAME not in found.problems:
        problems.append(f"{location}:{_first_line(fields)}: there is no name.")
    if problems:
        raise RegistryError(*problems)
    name = _known_as(found.values, vocabulary)
    return Entry(file, published, found.values, name, tuple(alliances))


def _calls(
    file: str, alliance: str, corrections: Corrections, vocabulary: Vocabulary
) -> tuple[list[str], list[str]]:
    """Return the calls that a list of alliances names, and the names that are not known."""
    calls, unknown = [], []
    for text in clean(alliance).split(", "):
        _, call = corrections.correct(CALLS, text, file)
        if call in vocabulary.calls:
            calls.append(call)
        elif call:
            unknown.append(text)
    return calls, unknown


def _first_line(fields: Mapping[str, Field]) -> int:
    return min((field.line for field in fields.values()), default=1)


def _known_as(values: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Return the name from which an identifier is made."""
    if values["category"] == "state" and values.get("country") in vocabulary.state_names:
        return vocabulary.state_names[values["country"]]
    return values["name"]


def _meant(column: str, value: str) -> str:
    """Return the code that the project file gives for a value, or the value."""
    return current().registry.codes.get(column, {}).get(value, value)


def _encode(column: str, value: str, vocabulary: Vocabulary) -> str:
    if column == "category":
        value = value.replace("_", "-")
        if value not in vocabulary.categories:
            raise ValueError(f"which is not a category. {_ADVICE}")
    elif column == "nature":
        if value in vocabulary.natures.values():
            return value
        if value not in vocabulary.natures:
            raise ValueError(f"which is not a kind of organisation in the code list. {_ADVICE}")
        return vocabulary.natures[value]
    elif column == "country":
        country = vocabulary.countries.get(value) or vocabulary.countries.get(slug(value))
        if country is None:
            raise ValueError(f"which is not a country code in use. {_ADVICE}")
        return country
    elif column == "website":
        _check_website(value)
    elif column == "signed":
        _check_date(value)
    return value


def _check_website(value: str) -> None:
    try:
        NamedNode(value)
    except ValueError:
        raise ValueError(f"which is not a web address. {_ADVICE}") from None
    if not value.lower().startswith(("http://", "https://")):
        raise ValueError(f"which is not a web address. {_ADVICE}")


def _check_date(value: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"which is not a date. {_ADVICE}") from None
    if day.isoformat() != value:  # Python also reads 20190228 and 2019-W09-4
        raise ValueError(f"which is not written as YYYY-MM-DD. {_ADVICE}")
