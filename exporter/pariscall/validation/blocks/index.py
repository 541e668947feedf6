"""The index of files: where what is said of a node is, and what refers to it, on the disk."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from ...rdf.blocks import Block, BlockFile, Group, NeedsWholeError
from ..shacl.look.survey import alike
from ..shacl.look.terms import Statements
from .statements import statements_of

_KEPT = 20_000  # descriptions

# Hashes stand for terms. Two terms with one hash are told apart by what is read, or make the index useless.
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE described (node INTEGER PRIMARY KEY, file INTEGER, start INTEGER, length INTEGER);
CREATE TABLE referring (node INTEGER, file INTEGER, start INTEGER, length INTEGER);
"""
_FIND = """
SELECT DISTINCT file, start, length FROM json_each(?) JOIN {table} ON node = value
WHERE NOT (file = ? AND start BETWEEN ? AND ?) ORDER BY file, start
"""


class Index:
    """Where the descriptions of nodes are in files, and those of the subjects that refer to a node.

    Only references by the predicates of ``backwards`` are there.
    """

    def __init__(self, files: Sequence[BlockFile], backwards: frozenset[str]) -> None:
        self._files, self._backwards = files, backwards
        self._database = sqlite3.connect("")  # a temporary file, which nobody else sees
        self._database.executescript(_TABLES)
        self._kept: dict[Group, Statements] = {}
        self._starts: list[tuple[int, int, int]] = []  # file, offset and line of each block

    def close(self) -> None:
        """Let go of the index."""
        self._database.close()

    def add(self, block: Block, statements: Statements) -> None:
        """Add a block.

        Raises:
            NeedsWholeError: if a node is described elsewhere too.
        """
        if len(block.groups) != len(statements):
            raise NeedsWholeError("the statements of a subject are not together")
        file, offset, _ = block.extent
        self._starts.append((file, offset, block.line))
        described, referring = [], []
        for group, (subject, said) in zip(block.groups, statements.items(), strict=True):
            place = (group.file, group.offset, group.length)
            described.append((hash(subject), *place))
            for predicate in self._backwards.intersection(said):
                referring += [(hash(alike(term)), *place) for term in said[predicate]]
        try:
            self._database.executemany("INSERT INTO described VALUES (?, ?, ?, ?)", described)
        except sqlite3.IntegrityError:
            raise NeedsWholeError("the statements of a subject are not together") from None
        self._database.executemany("INSERT INTO referring VALUES (?, ?, ?, ?)", referring)

    def finish(self) -> None:
        """Make the index ready to be asked."""
        self._database.execute("CREATE INDEX by_node ON referring (node)")

    def group(self, node: str) -> Group | None:
        """Return where a node is described."""
        return next(iter(self._find("described", [node])), None)

    def line(self, group: Group) -> int:
        """Return the number of the first line of a group."""
        at = bisect_right(self._starts, (group.file, group.offset, inf)) - 1
        _, offset, line = self._starts[at]
        return line + self._files[group.file].lines_between(offset, group.offset)

    def described(self, nodes: Iterable[str]) -> Statements:
        """Return what is said of those of some nodes that are described."""
        wanted = set(nodes)
        found = self._read(self._find("described", wanted))
        return {subject: found[subject] for subject in wanted & found.keys()}

    def referring(self, nodes: Iterable[str], block: Block | None) -> Statements:
        """Return what is said of the subjects outside a block that refer to a node, or to an equal one."""
        if not self._backwards:
            return {}
        return self._read(self._find("referring", set(map(alike, nodes)), block))

    def _find(
        self, table: str, nodes: Iterable[str], block: Block | None = None
    ) -> Iterator[Group]:
        hashes = json.dumps([hash(node) for node in nodes])
        within = block.extent if block else (-1, 0, 0)
        rows = self._database.execute(_FIND.format(table=table), (hashes, *within))
        return (Group(*row) for row in rows)

    def _read(self, groups: Iterable[Group]) -> Statements:
        found: dict[str, object] = {}
        missing: dict[Group, bytes] = {}
        for group in groups:
            kept = self._kept.get(group)
            if kept is None:
                missing[group] = self._files[group.file].read(group)
            else:
                found.update(kept)
        for number, file in enumerate(self._files):
            texts = {group: text for group, text in missing.items() if group.file == number}
            if texts:
                found.update(self._parsed(file, texts))
        return found  # type: ignore[return-value]

    def _parsed(self, file: BlockFile, texts: dict[Group, bytes]) -> Statements:
        statements = statements_of(file.triples(b"".join(texts.values())))
        if len(self._kept) + len(texts) > _KEPT:
            self._kept.clear()
        if len(texts) <= _KEPT:
            for group, (subject, said) in zip(texts, statements.items(), strict=True):
                self._kept[group] = {subject: said}
        return statements
