"""The index of the explorer: the rows of ``signatories.csv``, and what they were on earlier dates.

Columns are kept apart and repeated values once, so that a phone has little to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...project import current
from ...publish.dumps.signatory import NAMES, REGIONS
from ...rdf.namespaces import BASE, PREFIXES
from . import groupings
from .listing_history import Cells, first_day
from .messages import words
from .page import Content

# The facets: the column that each narrows, and the message that names it. That of the groupings is no column, but
# follows from the country and the date.
FACETS = (
    ("call", "call"),
    ("category", "category"),
    ("nature", "kind"),
    ("country", "country"),
    ("region", "region"),
    ("grouping", "grouping_that_day"),
    ("eu_member", "eu_member"),
    ("year", "year"),
    ("status", "status"),
    ("since_basis", "date_known"),
)
# The columns whose cells name a concept, and the prefix of its IRI.
_CONCEPTS = {
    "call": "call",
    "category": "category",
    "nature": "nature",
    "country": "country",
    "status": "status",
    "since_basis": "date-basis",
}


def index(content: Content, lang: str) -> dict[str, object]:
    """Return the index in a language, as it is written in JSON.

    ``columns`` has the cells of all rows by column, ``listed`` the first date of each row, and
    ``changes`` the number of a row, a date, and the cells that the row had before. ``groupings`` has the
    periods of the members by grouping and country, and ``labels`` says what the codes of a column are called.
    """
    found = content.listings
    changes = [(at, *change) for at, row in enumerate(found) for change in row.changes]
    cells = [*(row.cells for row in found), *(cells for _, _, cells in changes)]
    return {
        "base": BASE,
        "call": current().call,
        "first": first_day(content.documents.values()),
        "last": content.dataset.date("dcterms:modified"),
        "columns": {name: _packed([row.cells[name] for row in found]) for name in NAMES},
        "listed": _packed([row.since for row in found]),
        "changes": changes,
        "groupings": groupings.periods(content),
        "labels": {
            **{name: _labels(content, name, cells, lang) for name in _CONCEPTS},
            "grouping": {
                grouping.code: grouping.name(lang).value
                for grouping in content.resources.of_class("msc:Grouping", lang)
            },
            "region": {code: words(lang)[f"region_{code}"] for code in ("", *REGIONS)},
            "eu_member": {code: words(lang)[f"eu_{code}"] for code in ("true", "false")},
        },
    }


def _packed(cells: Sequence[str]) -> object:
    """Return a column as a list, or as its different ``values`` and the ``places`` of its cells in them."""
    values = sorted(set(cells))
    if 2 * len(values) > len(cells):
        return list(cells)
    place = {value: number for number, value in enumerate(values)}
    return {"values": values, "places": [place[cell] for cell in cells]}


def _labels(content: Content, name: str, rows: Iterable[Cells], lang: str) -> dict[str, str]:
    """Return what the codes of a column are called, in the order of the words."""
    codes = sorted({row[name] for row in rows if row.get(name)})
    prefix = PREFIXES[_CONCEPTS[name]]
    return {code: content.resources[prefix + code].name(lang).value for code in codes}
