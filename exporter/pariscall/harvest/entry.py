"""One registry entry: its fields as published, and as we understand them."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from ..errors import RegistryError
from .corrections import Corrections
from .frontmatter import Field

UNKNOWN = "unknown"

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
    countries: frozenset[str]  # those still in use


@dataclass(frozen=True)
class Entry:
    """An entry: file name, published texts by field, and values by column of ours."""

    file: str
    published: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def is_state(self) -> bool:
        """Whether the registry lists the party as a state."""
        return self.values["category"] == "state"


def read_entry(
    file: str, fields: Mapping[str, Field], corrections: Corrections, vocabulary: Vocabulary
) -> Entry:
    """Understand the fields of a registry file.

    Raises:
        RegistryError: if a value is not in the vocabulary and no correction says what it means.
    """
    published = {name: fields[name].text for name in _COLUMNS if name in fields}
    values = {"category": UNKNOWN}
    problems = []
    for name, text in published.items():
        value = clean(text)
        if not value:
            continue
        corrected, value = corrections.correct(name, value, file)
        column = corrected or _COLUMNS[name]
        try:
            values[column] = _understand(column, value, vocabulary)
        except ValueError as error:
            problems.append(f"{file}:{fields[name].line}: {name} is {text!r}, {error}")
    if "name" not in values:
        problems.append(f"{file}:1: there is no name.")
    if problems:
        raise RegistryError("\n".join(problems))
    return Entry(file, published, values)


def clean(text: str) -> str:
    """Resolve HTML entities, compose Unicode (NFC), and leave single plain spaces only."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def _understand(column: str, value: str, vocabulary: Vocabulary) -> str:
    advice = "Add a row to corrections.csv that says what is meant."
    if column == "category":
        value = value.replace("_", "-")
        if value not in vocabulary.categories:
            raise ValueError(f"which is not a category. {advice}")
    elif column == "nature":
        if value not in vocabulary.natures:
            raise ValueError(f"which is no kind of organisation in the code list. {advice}")
        return vocabulary.natures[value]
    elif column == "country" and value not in vocabulary.countries:
        raise ValueError(f"which is not a country code in use. {advice}")
    elif column == "website":
        _check_website(value, advice)
    elif column == "signed":
        _check_date(value, advice)
    return value


def _check_website(value: str, advice: str) -> None:
    try:
        NamedNode(value)
    except ValueError:
        raise ValueError(f"which is not a web address. {advice}") from None
    if not value.lower().startswith(("http://", "https://")):
        raise ValueError(f"which is not a web address. {advice}")


def _check_date(value: str, advice: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"which is not a date. {advice}") from None
