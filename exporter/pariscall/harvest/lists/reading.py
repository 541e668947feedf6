"""A list read: the signatories that it names, or one problem for each cell that has no one sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ...errors import TableError, nearest
from ...rdf.namespaces import is_iri
from ...tables.cell_checks import CONTROL
from ...tables.signatories import COLUMNS, SEPARATOR, country_advice, country_code
from ...tables.text import clean, slug
from .codes import categories, countries, kinds
from .columns import Mapped, left_out, map_columns
from .dates import DateColumn, is_date
from .grid import Grid, Line

Record = dict[str, str]

_SCHEME = re.compile(r"https?://[^/?#:@\s]+[.][^/?#:@\s]+(:[0-9]+)?([/?#]\S*)?", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]{2,}(/\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+[.]\S+")
_PROFILE = re.compile(r"@\w+|.*(linkedin|twitter|facebook|instagram|//x)[.]com\b.*", re.IGNORECASE)
_FORMULA = re.compile(r"[=+@-][A-Z]+\(|=", re.IGNORECASE)
_PLACE = re.compile(r":(\d+): column ([A-Z]+)")
_DATES = ("signed", "left")
_CODED = ("country", "category", "kind")


@dataclass(frozen=True)
class Choices:
    """What the user said of a list: names of columns, codes of categories and kinds, and dates.

    ``columns`` are the names in the header by column; ``codes`` are the codes by column and text,
    of which an empty one leaves the cell empty; ``dates`` is ``day-first`` or ``month-first``.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    dates: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a list says: a record for each signatory, in the columns of ``signatories.csv``.

    ``lines`` are the numbers of their rows, and ``completed`` of them are websites whose scheme
    was missing.
    """

    grid: Grid
    mapped: Mapped
    records: list[Record]
    lines: list[int]
    completed: int = 0

    def understood(self) -> Iterator[tuple[str, str, str]]:
        """Yield the name of each column, what it is, and what it holds, in a few words."""
        for column, at in sorted(self.mapped.positions.items(), key=lambda item: item[1]):
            values = [record[column] for record in self.records if record.get(column)]
            how = ", by what it holds" if column in self.mapped.by_content else ""
            yield self.grid.header[at], f"{column}{how}", _summary(column, values)
        for name in left_out(self.grid, self.mapped):
            yield name, "left out", ""


def read_signatories(grid: Grid, form: list[str], choices: Choices) -> Reading:
    """Read a sheet as a list of signatories.

    Args:
        grid: the sheet.
        form: what is wrong with its form, which is reported with the rest.
        choices: what the user said.

    Raises:
        TableError: with one line for each problem, if there is any.
        MisuseError: if what the user chose is not there.
    """
    tests: dict[str, Callable[[str], bool]] = {
        "country": lambda cell: bool(country_code(countries(), cell)),
        "category": lambda cell: slug(cell) in categories(),
        "kind": lambda cell: slug(cell) in kinds(),
        "signed": is_date,
    }
    mapped, problems = map_columns(grid, choices.columns, tests)
    if form or problems:
        raise TableError([*form, *problems])
    reader = _Reader(grid, mapped, choices)
    records = [reader.record(line) for line in grid.lines]
    if reader.problems:
        raise TableError(sorted(reader.problems, key=_position))
    lines = [line.number for line in grid.lines]
    return Reading(grid, mapped, records, lines, reader.completed)


class _Reader:
    def __init__(self, grid: Grid, mapped: Mapped, choices: Choices) -> None:
        self._grid = grid
        self._positions = mapped.positions
        self._codes = {(column, slug(text)): code for (column, text), code in choices.codes.items()}
        self._seen: dict[str, tuple[int, str]] = {}
        self._left: set[str] = set()
        self.problems: list[str] = []
        self.completed = 0
        self._dates = {column: self._date_column(column, choices.dates) for column in _DATES}
        for dates in self._dates.values():
            self.problems += dates.problems()

    def _date_column(self, column: str, order: str | None) -> DateColumn:
        at = self._positions.get(column)
        if at is None:
            return DateColumn({})
        cells = {self._grid.place(line, at): line.cells[at] for line in self._grid.lines}
        return DateColumn(cells, order)

    def record(self, line: Line) -> Record:
        record = {}
        for column in COLUMNS:
            if (at := self._positions.get(column)) is not None and line.cells[at].strip():
                record[column] = self._value(line, at, column)
        at = self._positions["name"]
        if not line.cells[at].strip():
            self._report(line, at, "there is no name. Fill it in, or remove the row.")
        elif record["name"]:
            self._check_identity(line, record)
        return record

    def _value(self, line: Line, at: int, column: str) -> str:
        text = clean(line.cells[at])
        if problem := _forbidden(text):
            self._report(line, at, f"{text!r} {problem}")
            return ""
        if column in _DATES:
            return self._dates[column].value(text) or ""
        if column == "website":
            return self._website(line, at, text)
        if column == "alternative names":
            return SEPARATOR.join(part.strip() for part in re.split("[;|]", text) if part.strip())
        return self._code(line, at, column, text) if column in _CODED else text

    def _code(self, line: Line, at: int, column: str, text: str) -> str:
        if (chosen := self._codes.get((column, slug(text)))) is not None:
            return chosen
        known = {"country": countries, "category": categories, "kind": kinds}[column]()
        code = known.get(slug(text).removeprefix("the-"), "")
        if not code:
            option = "" if column == "country" else f", or say --{column} '{text}=CODE'"
            question = _question(column, text, known)
            problem = f"the {column} {text!r} is not known. Write one that is{option}.{question}"
            self._report(line, at, problem)
        return code

    def _website(self, line: Line, at: int, text: str) -> str:
        if _SCHEME.fullmatch(text) and is_iri(text):
            return text
        if _DOMAIN.fullmatch(text):
            self.completed += 1
            return f"https://{text}"
        self._report(line, at, f"{text!r} is not a web address. Correct it, or leave it empty.")
        return ""

    def _check_identity(self, line: Line, record: Record) -> None:
        name, at = record["name"], self._positions["name"]
        party = record.get("id") or slug(name)
        if not party:
            advice = "Add a column 'id' with one of a-z, 0-9 and hyphens."
            self._report(line, at, f"no identifier can be made from {name!r}. {advice}")
        elif party in self._seen and party not in self._left:
            number, former = self._seen[party]
            what = "is" if former == name else f"has the same identifier as {former!r}, which is"
            self._report(line, at, f"{name!r} {what} in row {number} too. Remove one of the two.")
        self._seen[party] = line.number, name
        if record.get("left"):
            self._left.add(party)

    def _report(self, line: Line, at: int, problem: str) -> None:
        self.problems.append(f"{self._grid.place(line, at)}: {problem}")


def _question(column: str, text: str, known: Mapping[str, str]) -> str:
    if column == "country":
        return country_advice(known, text)
    meant = nearest(slug(text), known)
    return f" Did you mean {known[meant]}?" if meant else ""


def _position(problem: str) -> tuple[int, int, str]:
    """Return the row and the column of a problem, by which problems are sorted."""
    found = _PLACE.search(problem)
    return (int(found[1]), len(found[2]), found[2]) if found else (0, 0, "")


def _forbidden(text: str) -> str:
    if CONTROL.search(text):
        return "holds a control character. Remove it."
    if _FORMULA.match(text):
        return "is a formula. Put its value in its place."
    if _MAIL.fullmatch(text):
        return "is an e-mail address, which must not be published. Remove it."
    if _PROFILE.fullmatch(text):
        return "is an account of a social network, which must not be published. Remove it."
    return ""


def _summary(column: str, values: list[str]) -> str:
    if not values:
        return "nothing"
    if column in _DATES:
        return f"{len(values)} from {min(values)} to {max(values)}"
    different = sorted(set(values))
    if column in _CODED:
        shown = ", ".join(different[:6])
        return f"{len(values)}: {shown}{', ...' if len(different) > 6 else ''}"
    return f"{len(values)}, such as {values[0]!r}"
