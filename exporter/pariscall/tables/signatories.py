"""The list of signatories of a project that has one list in place of many tables.

One row per signature. All columns but the name may be missing, and all cells but the name empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import TableError, did_you_mean, nearest, relative
from .csvw import Column, Table
from .dialect import DELIMITERS, ENCODING
from .rows import Row, read_file
from .text import slug
from .windows import Window, read_window

COLUMNS = (
    "id",
    "name",
    "country",
    "category",
    "kind",
    "signed",
    "left",
    "source",
    "website",
    "alternative names",
)
SEPARATOR = ";"  # between alternative names, and between the sources of signature and departure
# Codes and names in common use that are neither of ISO 3166-1 nor of the EU Publications Office.
_MORE_NAMES = {
    "uk": "GBR",
    "el": "GRC",
    "eu": "EUR",
    "xk": "1A0",
    "united-states-of-america": "USA",
    "great-britain": "GBR",
    "england": "GBR",
    "holland": "NLD",
    "czech-republic": "CZE",
    "republic-of-korea": "KOR",
    "russian-federation": "RUS",
    "turkey": "TUR",
    "viet-nam": "VNM",
}
_FORMS = "Write it as 2026-03-01, as 2026-03 or 2026, or as 2026-03-01/2026-06-30"


@dataclass(frozen=True, slots=True)
class Signatory:
    """One row of the list: a party and one time that it supports the call, its ``n``-th."""

    row: Row
    party: str
    n: int
    country: str
    signed: Window | None
    left: Window | None
    sources: tuple[str, ...]

    def __getitem__(self, column: str) -> str:
        return cell(self.row, column)

    @property
    def names(self) -> list[str]:
        """The alternative names."""
        return _split(self["alternative names"])


def cell(row: Row, column: str) -> str:
    """Return a cell of a list, in which a column may be missing."""
    return row[column] if column in row.table.index else ""


def read_list(path: Path) -> tuple[Table, list[Row]]:
    """Read a list: its columns, and its rows in the order of the file.

    Raises:
        TableError: if the file cannot be read, has no names, or has a column that a list has not.
    """
    header = _header(path)
    problems = [
        f"{relative(path)}:1: there is no column {name!r}. "
        f"The columns are {', '.join(COLUMNS)}.{did_you_mean(name, COLUMNS)}"
        for name in header
        if name not in COLUMNS
    ]
    problems += [
        f"{relative(path)}:1: the column {name!r} is there twice. Remove one of them."
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if "name" not in header:
        problems.append(f"{relative(path)}:1: the column 'name' is missing. Name it in the header.")
    if problems:
        raise TableError(problems)
    columns = tuple(Column(name) for name in header)
    table = Table(path, "", columns, (), (), is_mapped=False)
    return table, list(read_file(table))


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding=ENCODING, newline="") as file:
            line = file.readline()
    except OSError as error:
        raise TableError([f"{relative(path)}: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise TableError([f"{relative(path)}: not UTF-8. Save the file as UTF-8."]) from None
    found = [next(csv.reader([line], delimiter=delimiter), []) for delimiter in DELIMITERS]
    return next((names for names in found if "name" in names), found[0])


class ListReader:
    """Reads the rows of a list as signatories, and collects what is wrong with them."""

    def __init__(self, countries: Mapping[str, str], default_source: str) -> None:
        self._countries = countries
        self._default = default_source
        self._last: dict[str, Signatory] = {}
        self.problems: list[str] = []

    def read(self, rows: list[Row]) -> list[Signatory]:
        """Return the signatories, in the order of the list."""
        return [found for row in rows if (found := self._signatory(row))]

    def _signatory(self, row: Row) -> Signatory | None:
        before = len(self.problems)
        party = self._party(row)
        country = self._country(row)
        signed, left = self._window(row, "signed"), self._window(row, "left")
        if before < len(self.problems):
            return None
        former = self._last.get(party)
        if former and not self._is_return(row, former):
            return None
        sources = tuple(_split(cell(row, "source"))) or (self._default,)
        found = Signatory(row, party, former.n + 1 if former else 1, country, signed, left, sources)
        self._last[party] = found
        return found

    def _party(self, row: Row) -> str:
        if not row["name"]:
            self._report(row, "the name is empty. Fill it in, or remove the row.")
            return ""
        written = cell(row, "id")
        party = written or slug(row["name"])
        if not party:
            advice = "Write one of a-z, 0-9 and hyphens into the column 'id'."
            self._report(row, f"no identifier can be made from {row['name']!r}. {advice}")
        elif written and slug(written) != written:
            self._report(row, f"the id {written!r} must be of a-z, 0-9 and single hyphens.")
        return party

    def _is_return(self, row: Row, former: Signatory) -> bool:
        """Report whether a party that is in the list already left before it came again."""
        if former.left:
            return True
        line = former.row.line
        if former["name"] == row["name"]:
            self._report(row, f"{row['name']!r} is in line {line} too. Remove one of the two rows.")
        else:
            problem = f"the identifier {former.party!r} is that of line {line} too"
            self._report(row, f"{problem}. Write another into the column 'id'.")
        return False

    def _country(self, row: Row) -> str:
        written = cell(row, "country")
        if not written:
            return ""
        code = country_code(self._countries, written)
        if not code:
            advice = country_advice(self._countries, written)
            self._report(row, f"the country {written!r} is not known. Write its code.{advice}")
        return code

    def _window(self, row: Row, column: str) -> Window | None:
        written = cell(row, column)
        window = read_window(written) if written else None
        if written and window is None:
            self._report(row, f"{column} is {written!r}, which is no date. {_FORMS}.")
        return window

    def _report(self, row: Row, problem: str) -> None:
        self.problems.append(f"{row.location}: {problem}")


def country_codes(rows: Iterator[Row]) -> dict[str, str]:
    """Return the code of each country in use by its codes and names, as slugs."""
    codes = dict(_MORE_NAMES)
    for row in rows:
        if not row["ended"]:
            for name in ("name_fr", "name_en", "alpha2", "alpha3", "country"):
                codes[slug(row[name])] = row["country"]
    codes.pop("", None)
    return codes


def country_code(codes: Mapping[str, str], written: str) -> str:
    """Return the code of the country that is written as a code or a name, or nothing."""
    return codes.get(slug(written).removeprefix("the-"), "")


def country_advice(codes: Mapping[str, str], written: str) -> str:
    """Return a question to put after an error message, if the name of a country has a typing error.

    A name of another language, such as Deutschland, is half like that of another country.
    """
    meant = nearest(slug(written), codes, alike=0.8)
    return f" Did you mean {codes[meant]}?" if meant else ""


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]
