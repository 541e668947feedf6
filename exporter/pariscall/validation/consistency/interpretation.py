"""What the harvest makes of the values that a registry publishes, with the corrections."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ...rdf.namespaces import BASE, PREFIXES
from ...rdf.vocabulary import vocabulary
from ...tables.rows import Read, Row
from ...tables.text import clean

_NATURE = f"{BASE}code/nature#"
_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")

# Column of the entry, and the field of the registry that its values come from.
_FIELDS = {
    "name": "name",
    "category": "category",
    "nature": "nature",
    "country": "nationality",
    "website": "website",
}


class Understanding:
    """The corrections, the codes and the countries by which values are understood."""

    def __init__(self, read: Read) -> None:
        self._corrections = {
            (row["field"], row["registry_value"], row["file"]): (row["column"], row["value"])
            for row in read("corrections.csv")
        }
        countries = list(read("countries.csv"))
        self._names = {row["country"]: (row["name_en"], row["name_fr"]) for row in countries}
        self._countries = {row["name_fr"].lower(): row["country"] for row in countries}
        self._natures = _natures()

    def value(self, entry: Row, column: str) -> str:
        """Give a value as it was understood before it became a code."""
        return self._corrected(entry, column)[1]

    def expected(self, entry: Row) -> dict[str, str]:
        """Give what an entry makes of the party and its endorsement, by column."""
        found = {"category": "unknown", "name": "", "nature": "", "country": "", "website": ""}
        found |= {"member_of": "", "name_en": "", "name_fr": ""}
        for column in _FIELDS:
            target, value = self._corrected(entry, column)
            if value:
                found[target] = self._coded(target, value)
        if found["category"] == "state":
            names = self._names.get(found["country"], ("", ""))
            found |= {"name": "", "name_en": names[0], "name_fr": names[1]}
        return found

    def _corrected(self, entry: Row, column: str) -> tuple[str, str]:
        """Give the column that a published value belongs in, and the value meant."""
        text = clean(entry[column])
        field = _FIELDS[column]
        for file in (entry["file"], "*"):
            if (correction := self._corrections.get((field, text, file))) is not None:
                return correction
        return column, text

    def _coded(self, column: str, value: str) -> str:
        if column == "category":
            return value.replace("_", "-")
        if column == "nature":
            return self._natures.get(value, value)
        if column == "country":
            return self._countries.get(value.lower(), value)
        return value


def _natures() -> dict[str, str]:
    """Read the kinds of organisation by their French labels."""
    return {
        quad.object.value: quad.subject.value.removeprefix(_NATURE)
        for quad in vocabulary()
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(_NATURE)
        and quad.predicate.value in _LABELS
        and isinstance(quad.object, Literal)
        and quad.object.language == "fr"
    }
