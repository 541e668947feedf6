"""The checks of every cell, key and reference of the reviewed tables.

Large tables are checked in blocks, in several processes. What is wrong comes in the order of the
tables and their rows, however they are cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import TableError, did_you_mean
from ..io.engines import available_cores
from ..io.engines.processes import Processes
from .blocks import Block, cut_blocks
from .cell_checks import cell_problems, row_check
from .cells import CellPlaces
from .csvw import ForeignKey, Schema, Table
from .keys import Columns, HashedKeys, Keys, Known, Values, getter, read_keys
from .ownership import foreign_rows
from .rows import Key, Row, key_getter, read_rows

Place = tuple[Table, int, str]  # a table, a line, and the column of a cell or nothing

_FEW = 10  # keys of another table, which are named
# To look for what was meant takes a while, so that it is done for the first problems, among so many keys.
_MOST_ADVISED, _MOST_COMPARED = 100, 2000


@dataclass(frozen=True)
class _Reference:
    """Values that no row of another table has."""

    key: ForeignKey
    values: Values


Problem = tuple[Place, str | _Reference]
_Lookup = tuple[ForeignKey, Callable[[list[str]], Values], Keys, list[Problem]]


@dataclass
class _Checked:
    """What was found in a block: the number of its rows, and what is wrong with them.

    ``later`` are references to tables that follow, or to the table itself. The keys are those of
    the first and the last row whose cells are valid.
    """

    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    later: list[Problem] = field(default_factory=list)
    first: tuple[Place, Key] | None = None
    last: Key | None = None
    error: TableError | None = None


def check_tables(schema: Schema, jobs: int | None = 1) -> dict[str, int]:
    """Check every cell and key of every table, and that the tables are those of the project.

    Returns the number of rows of each table by name. Large tables are checked in so many processes
    (``jobs``), or on all cores.

    Raises:
        TableError: with every problem found.
    """
    blocks = {table.name: cut_blocks(table) for table in schema.tables}
    is_large = any(len(pieces) > 1 for pieces in blocks.values())
    processes = Processes((jobs or available_cores()) if is_large else 1)
    known, unreadable = read_keys(schema, blocks, processes)
    check = _Check(schema, known, unreadable)
    checked = _check_blocks(check, blocks, processes)
    unreadable |= {name for name, found in checked.items() if found.error}
    wording = _Wording(schema, known)
    problems = [str(found.error) for found in checked.values() if found.error]
    for found in checked.values():
        problems += map(wording.text, found.problems)
    for name, found in checked.items():
        if name not in unreadable:
            problems += map(wording.text, found.later)
    if not unreadable:
        problems.extend(foreign_rows(schema))
    if problems:
        raise TableError(problems)
    return {name: found.rows for name, found in checked.items()}


def _check_blocks(
    check: Callable[[Block], _Checked],
    blocks: Mapping[str, Sequence[Block]],
    processes: Processes,
) -> dict[str, _Checked]:
    """Return what is found in each table; one whose blocks cannot be read is checked as a whole."""
    parts = [block for pieces in blocks.values() for block in pieces if not block.is_whole]
    found: dict[str, list[_Checked]] = {name: [] for name in blocks}
    for block, checked in zip(parts, processes.map(check, parts), strict=True):
        found[block.table.name].append(checked)
    return {
        name: _joined(found[name])
        if found[name] and not any(part.error for part in found[name])
        else check(Block(pieces[0].table))
        for name, pieces in blocks.items()
    }


def _joined(parts: Sequence[_Checked]) -> _Checked:
    """Return what was found in the blocks of a table, which must be in the order of their keys."""
    whole = _Checked()
    for part in parts:
        if part.first and whole.last is not None and part.first[1] <= whole.last:
            place, key = part.first
            at = bisect_left(part.problems, place[1], key=lambda problem: problem[0][1])
            part.problems.insert(at, (place, _key_problem(key, whole.last)))
        whole.rows += part.rows
        whole.problems += part.problems
        whole.later += part.later
        whole.last = part.last or whole.last
    return whole


@dataclass(frozen=True)
class _Check:
    """The work of checking the rows of a block."""

    schema: Schema
    known: Known
    unreadable: Collection[str]

    def __call__(self, block: Block) -> _Checked:
        found = _Checked()
        references = self._references(block.table, found)
        is_sound, key_of = row_check(block.table), key_getter(block.table)
        try:
            for row in block.read():
                found.rows += 1
                cells = row.cells
                if is_sound(cells):
                    _check_order(row, key_of(cells), found)
                else:
                    wrong = cell_problems(row)
                    found.problems += ((row.place(column), text) for column, text in wrong)
                for key, values_of, keys, problems in references:
                    values = values_of(cells)
                    if values not in keys and all(values):
                        problems.append((row.place(key.columns[-1]), _Reference(key, values)))
        except TableError as error:
            found.error = error
        except UnicodeDecodeError as error:
            found.error = TableError([str(error)])
        return found

    def _references(self, table: Table, found: _Checked) -> list[_Lookup]:
        """Return the references of a table to those that can be read, and where to note what is wrong."""
        names = [each.name for each in self.schema.tables]
        earlier = names[: names.index(table.name)]
        return [
            (
                key,
                getter(table, key.columns),
                self.known[key.table, key.referenced],
                found.problems if key.table in earlier else found.later,
            )
            for key in table.foreign_keys
            if key.table not in self.unreadable
        ]


def _check_order(row: Row, key: Key, found: _Checked) -> None:
    if found.last is None:
        found.first = row.place(""), key
    elif key <= found.last:
        found.problems.append((row.place(""), _key_problem(key, found.last)))
    found.last = key


def _key_problem(key: Key, previous: Key) -> str:
    text = ",".join(map(str, key))
    if key == previous:
        return f"the key {text} is there twice. Remove one of the two rows."
    return f"the key {text} is out of order. Sort the table by its key."


class _Wording:
    """Puts problems into words, one after the other."""

    def __init__(self, schema: Schema, known: Known) -> None:
        self._schema, self._known = schema, known
        self._places = CellPlaces()
        self._number = 0
        self._names: dict[tuple[str, Columns], list[str]] = {}

    def text(self, problem: Problem) -> str:
        """Return where a problem is, what is wrong and what to do."""
        place, text = problem
        if isinstance(text, _Reference):
            text = self._dangling(text.key, ",".join(text.values))
        self._number += 1
        return f"{self._places.place(*place)}: {text}"

    def _dangling(self, key: ForeignKey, values: str) -> str:
        names = self._names_of(key)
        legal = f" It has {', '.join(names)}." if 0 < len(names) <= _FEW else ""
        meant = did_you_mean(values, names) if self._number < _MOST_ADVISED else ""
        return (
            f"{','.join(key.columns)} is {values!r}, which {key.table} does not "
            f"have.{legal} Add it there or correct it here.{meant}"
        )

    def _names_of(self, key: ForeignKey) -> list[str]:
        """Return the keys that a reference can name, in order, if they are not too many."""
        target = key.table, key.referenced
        if target not in self._names:
            keys = self._known[target]
            few = len(keys) <= _MOST_COMPARED
            self._names[target] = sorted(map(",".join, self._read(key, keys))) if few else []
        return self._names[target]

    def _read(self, key: ForeignKey, keys: Keys) -> Iterable[Values]:
        if isinstance(keys, HashedKeys):
            table = self._schema[key.table]
            return set(map(getter(table, key.referenced), (row.cells for row in read_rows(table))))
        return keys
