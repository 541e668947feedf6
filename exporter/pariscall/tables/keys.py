"""The keys of tables that others refer to, in memory that grows little with the tables.

Those of a small table are a set. Of a large one, which is read in blocks, each key is a hash of 16
bytes (BLAKE2, https://www.rfc-editor.org/rfc/rfc7693); that two keys have the same is as unlikely as
that two files have one checksum.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import merge
from itertools import groupby
from operator import itemgetter
from struct import Struct

from ..errors import TableError
from ..io.engines.processes import Processes
from .blocks import Block
from .csvw import Schema, Table
from .rows import read_rows

Values = tuple[str, ...]
Columns = tuple[str, ...]
_KEPT = 4096  # answers, as rows that follow each other often refer to the same
_halves = Struct("=QQ").unpack


@dataclass(frozen=True)
class Run:
    """The hashes of the keys of a block, in order: their first and their last eight bytes."""

    first: array[int]
    last: array[int]

    @classmethod
    def of(cls, keys: Iterable[Values]) -> Run:
        """Return the run of some keys."""
        found = sorted({_hash_of(key) for key in keys})
        return cls(array("Q", map(itemgetter(0), found)), array("Q", map(itemgetter(1), found)))

    def has(self, first: int, last: int) -> bool:
        """Report whether a hash is there."""
        at = bisect_left(self.first, first)
        while at < len(self.first) and self.first[at] == first:
            if self.last[at] == last:
                return True
            at += 1
        return False


class HashedKeys:
    """The keys of a table in runs."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = list(runs)
        self._has = lru_cache(_KEPT)(self._find)

    def __contains__(self, values: object) -> bool:
        return self._has(values)

    def __len__(self) -> int:
        hashes = merge(*(zip(run.first, run.last, strict=True) for run in self._runs))
        return sum(1 for _ in groupby(hashes))

    def _find(self, values: Values) -> bool:
        first, last = _hash_of(values)
        for number, run in enumerate(self._runs):
            if run.has(first, last):
                if number:  # what is asked for next is likely to be there too
                    self._runs.insert(0, self._runs.pop(number))
                return True
        return False


Keys = HashedKeys | set[Values]
Known = Mapping[tuple[str, Columns], Keys]


def read_keys(
    schema: Schema, blocks: Mapping[str, Sequence[Block]], processes: Processes
) -> tuple[Known, set[str]]:
    """Return the keys that are referred to, and the names of the tables of them that cannot be read.

    ``blocks`` are those of each table by its name. A table that is not there, or cannot be read, has
    no keys.
    """
    wanted: dict[str, dict[Columns, None]] = {}
    for table in schema.tables:
        for key in table.foreign_keys:
            wanted.setdefault(key.table, {})[key.referenced] = None
    known: dict[tuple[str, Columns], Keys] = {}
    unreadable = set()
    hashed = _hashed_keys(wanted, blocks, processes)
    for name, columns in wanted.items():
        if name in hashed:
            known.update(zip(((name, key) for key in columns), hashed[name], strict=True))
            continue
        keys = {key: set[Values]() for key in columns}
        if name in blocks and not _collect(blocks[name][0].table, keys):
            unreadable.add(name)
        known.update(((name, key), found) for key, found in keys.items())
    return known, unreadable


def _hashed_keys(
    wanted: Mapping[str, Iterable[Columns]],
    blocks: Mapping[str, Sequence[Block]],
    processes: Processes,
) -> dict[str, list[HashedKeys]]:
    """Return the keys of the tables that are in several blocks, unless one of these cannot be read."""
    large = [name for name in wanted if len(blocks.get(name, ())) > 1]
    pieces = [block for name in large for block in blocks[name]]
    runs: dict[str, list[list[Run] | None]] = {name: [] for name in large}
    for block, found in zip(pieces, processes.map(_Hashing(wanted), pieces), strict=True):
        runs[block.table.name].append(found)
    whole = {name: [run for run in found if run] for name, found in runs.items() if all(found)}
    return {name: list(map(HashedKeys, zip(*found, strict=True))) for name, found in whole.items()}


@dataclass(frozen=True)
class _Hashing:
    """The work of hashing the keys of a block: a run for each key, or nothing if it cannot be read."""

    wanted: Mapping[str, Iterable[Columns]]

    def __call__(self, block: Block) -> list[Run] | None:
        getters = [getter(block.table, columns) for columns in self.wanted[block.table.name]]
        keys: list[set[Values]] = [set() for _ in getters]
        try:
            for row in block.read():
                for values_of, found in zip(getters, keys, strict=True):
                    found.add(values_of(row.cells))
        except (TableError, UnicodeDecodeError):
            return None
        return list(map(Run.of, keys))


def _collect(table: Table, keys: Mapping[Columns, set[Values]]) -> bool:
    """Add the keys of a table to sets; report whether it can be read."""
    targets = [(getter(table, key), found) for key, found in keys.items()]
    try:
        for row in read_rows(table):
            for values_of, found in targets:
                found.add(values_of(row.cells))
    except TableError:
        return False
    return True


def _hash_of(values: Values) -> tuple[int, int]:
    halves: tuple[int, int] = _halves(blake2b(repr(values).encode(), digest_size=16).digest())
    return halves


def getter(table: Table, columns: Columns) -> Callable[[list[str]], Values]:
    """Return a function from the cells of a row to those of some columns."""
    positions = [table.index[column] for column in columns]
    if len(positions) == 1:
        [position] = positions
        return lambda cells: (cells[position],)
    return itemgetter(*positions)
