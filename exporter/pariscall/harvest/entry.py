"""One registry entry: its fields as published, and as we understand them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import NamedNode

from ..errors import RegistryError
from ..tables.checks import CONTROL
from ..tables.text import clean
from .corrections import Corrections
from .frontmatter import Field
from .identifiers import slug

UNKNOWN = "unknown"

_ADVICE = "Add a row to corrections.csv that says what is meant."

# Registry field to the column of ours that its value belongs in.
_COLUMNS = {
    "name": "name",
    "category": "category",
    "nature": "nature",
    "nationality": "country",
    "website": "website",
    "date_signed": "signed",
}


@dataclass(frozen=True)
class Vocabulary:
    """The codes that values are turned into."""

    categories: frozenset[str]
    natures: Mapping[str, str]  # French label to code
    countries: Mapping[str, str]  # code, or slug of the French name, to code; those still in use
    state_names: Mapping[str, str]  # code of a country to the English name of the state
    calls: frozenset[str]


@dataclass(frozen=True)
class Entry:
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
        """Leave out a value."""
        return replace(self, values={k: v for k, v in self.values.items() if k != column})


def read_entry(
    file: str,
    fields: Mapping[str, Field],
    corrections: Corrections,
    vocabulary: Vocabulary,
    location: str | None = None,
) -> Entry:
    """Understand the fields of a registry file, which may stand in another place than the file.

    Raises:
        RegistryError: if a value is not in the vocabulary and no correction says what it means.
    """
    location = location or file
    published = {name: fields[name].text for name in _COLUMNS if name in fields}
    values = {"category": UNKNOWN}
    problems = []
    for name, text in published.items():
        if CONTROL.search(text):
            line = fields[name].line
            problems.append(
                f"{location}:{line}: {name} is {text!r}, which holds a control character."
            )
        value = clean(text)
        if not value:
            continue
        corrected, value = corrections.correct(name, value, file)
        column = corrected or _COLUMNS[name]
        try:
            if value:
                values[column] = _understand(column, value, vocabulary)
        except ValueError as error:
            problems.append(f"{location}:{fields[name].line}: {name} is {text!r}, {error}")
    alliances = []
    for text in clean(fields["alliance"].text).split(", ") if "alliance" in fields else []:
        _, call = corrections.correct("alliance", text, file)
        if call in vocabulary.calls:
            alliances.append(call)
        elif call:
            line = fields["alliance"].line
            problems.append(
                f"{location}:{line}: alliance is {text!r}, which is no call we know. {_ADVICE}"
            )
    if "name" not in values:
        problems.append(f"{location}:{_first_line(fields)}: there is no name.")
    if problems:
        raise RegistryError("\n".join(problems))
    return Entry(file, published, values, _known_as(values, vocabulary), tuple(alliances))


def _first_line(fields: Mapping[str, Field]) -> int:
    return min((field.line for field in fields.values()), default=1)


def _known_as(values: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Give the name from which an identifier is made."""
    if values["category"] == "state" and values.get("country") in vocabulary.state_names:
        return vocabulary.state_names[values["country"]]
    return values["name"]


def _understand(column: str, value: str, vocabulary: Vocabulary) -> str:
    if column == "category":
        value = value.replace("_", "-")
        if value not in vocabulary.categories:
            raise ValueError(f"which is not a category. {_ADVICE}")
    elif column == "nature":
        if value not in vocabulary.natures:
            raise ValueError(f"which is no kind of organisation in the code list. {_ADVICE}")
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
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"which is not a date. {_ADVICE}") from None
