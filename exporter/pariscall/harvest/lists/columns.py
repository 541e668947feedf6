"""Which column of a sheet is which: by its name, and else by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...errors import MisuseError, did_you_mean
from ...tables.signatories import COLUMNS
from ...tables.text import slug
from .grid import Grid, letters

# Names of the columns in English and French, as slugs, besides their own.
_NAMES: Mapping[str, Sequence[str]] = {
    "id": ("identifier", "identifiant", "slug"),
    "name": (
        *(
            "nom",
            "organisation",
            "organization",
            "organisme",
            "entity",
            "entite",
            "party",
            "partie",
        ),
        *("signatory", "signatories", "signataire", "signataires", "supporter", "supporters"),
        *("soutien", "soutiens", "member", "membre", "company", "entreprise", "participant"),
        *("full-name", "organisation-name", "organization-name", "name-of-organisation"),
        *("name-of-the-organisation", "nom-de-l-organisation", "nom-complet", "endorser"),
    ),
    "country": (
        *("pays", "nation", "nationality", "nationalite", "country-code", "code-pays"),
        *("headquarters", "country-of-origin", "pays-d-origine", "state-country", "iso"),
    ),
    "category": ("categorie", "sector", "secteur", "stakeholder-group", "groupe", "group"),
    "kind": ("nature", "type", "type-of-organisation", "type-d-organisation", "organisation-type"),
    "signed": (
        *("date", "signed-on", "date-signed", "signature", "date-of-signature", "signature-date"),
        *("date-de-signature", "signe-le", "joined", "joined-on", "date-joined", "since", "depuis"),
        *("date-d-adhesion", "adhesion", "endorsed", "endorsed-on", "date-of-endorsement"),
    ),
    "left": (
        *("left-on", "withdrawn", "withdrawn-on", "end", "until", "date-left", "withdrawal"),
        *("sortie", "date-de-sortie", "retrait", "date-de-retrait", "quitte-le"),
    ),
    "website": ("site", "site-web", "site-internet", "url", "web", "homepage", "link", "lien"),
    "alternative names": (
        *("alternative-name", "alternative-names", "also-known-as", "aka", "acronym", "acronyme"),
        *("other-names", "autres-noms", "autre-nom", "alias", "sigle", "abbreviation"),
    ),
}
_KNOWN = {name: column for column, names in _NAMES.items() for name in (slug(column), *names)}
_MOSTLY = 0.8  # of the cells that are filled in
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Mapped:
    """The columns of a sheet: the position of each that is understood, and how it was found."""

    positions: Mapping[str, int]
    by_content: frozenset[str]


def map_columns(
    grid: Grid, chosen: Mapping[str, str], tests: Mapping[str, Test]
) -> tuple[Mapped, list[str]]:
    """Find the columns of a sheet, and what is wrong with its header.

    Args:
        grid: the sheet.
        chosen: column to the name that it has in the header, as the user said.
        tests: column to a test of a cell; a column whose cells mostly pass it is that column.

    Raises:
        MisuseError: if what was chosen is not there.
    """
    positions = _chosen(grid, chosen)
    problems = list(_second_headers(grid))
    for at, name in enumerate(grid.header):
        column = _KNOWN.get(slug(name))
        if not name.strip() and any(line.cells[at].strip() for line in grid.lines):
            where = grid.place(grid.rows[0], at)
            problems.append(f"{where}: the column has no name. Write one above it.")
        elif column and column not in chosen and at not in positions.values():
            if column in positions:
                both = f"{grid.header[positions[column]]!r} and {name!r}"
                where = grid.place(grid.rows[0], at)
                advice = f"Choose with --column '{column}=NAME'."
                problems.append(f"{where}: {both} both look like the {column}. {advice}")
            else:
                positions[column] = at
    if not {"kind", "category"} & chosen.keys() and _has_categories(grid, positions, tests):
        positions["category"] = positions.pop("kind")
    by_content = _found_by_content(grid, positions, {"website": _is_address, **tests})
    positions |= by_content
    if "name" not in positions and not problems:
        names = ", ".join(repr(name) for name in grid.header if name)
        problems.append(
            f"{grid.name}:{grid.rows[0].number}: no column has the names, among {names}. "
            "Choose with --column 'name=NAME'."
        )
    return Mapped(positions, frozenset(by_content)), problems


def _chosen(grid: Grid, chosen: Mapping[str, str]) -> dict[str, int]:
    positions = {}
    for column, name in chosen.items():
        if column not in COLUMNS:
            raise MisuseError(
                f"there is no column {column!r}. Choose from {', '.join(COLUMNS)}."
                f"{did_you_mean(column, COLUMNS)}"
            )
        if name and name not in grid.header:
            raise MisuseError(
                f"{grid.name}: there is no column {name!r}.{did_you_mean(name, grid.header)}"
            )
        if name:
            positions[column] = grid.header.index(name)
    return positions


def _has_categories(grid: Grid, positions: Mapping[str, int], tests: Mapping[str, Test]) -> bool:
    """Report whether what is called a kind, such as the column "Type", holds categories."""
    if "kind" not in positions or "category" in positions:
        return False
    cells = [line.cells[positions["kind"]] for line in grid.lines]
    return sum(map(tests["category"], cells)) > sum(map(tests["kind"], cells))


def _second_headers(grid: Grid) -> list[str]:
    """Report rows that name columns, below or in place of the header."""
    problems = []
    for line in grid.lines:
        filled = [slug(cell) for cell in line.cells if cell.strip()]
        known = [_KNOWN[name] for name in filled if name in _KNOWN]
        if len(set(known)) > 1 and 2 * len(known) >= len(filled):
            what = "a second header. Leave one row with the names of the columns, the first."
            problems.append(f"{grid.name}:{line.number}: {what}")
    return problems


def _found_by_content(
    grid: Grid, positions: Mapping[str, int], tests: Mapping[str, Test]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, test in tests.items():
        taken = {*positions.values(), *found.values()}
        for at in range(len(grid.header)):
            if column not in positions and column not in found and at not in taken:
                cells = [line.cells[at] for line in grid.lines if line.cells[at].strip()]
                if cells and sum(map(test, cells)) >= _MOSTLY * len(cells):
                    found[column] = at
    return found


def _is_address(cell: str) -> bool:
    return _ADDRESS.fullmatch(cell.strip()) is not None


def left_out(grid: Grid, mapped: Mapped) -> list[str]:
    """Return the columns that are not understood, by name or letter."""
    known = set(mapped.positions.values())
    return [name or letters(at) for at, name in enumerate(grid.header) if at not in known]
