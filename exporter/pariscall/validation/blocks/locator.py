"""Where the triples of files are written that are read in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode, Quad

from ...rdf.blocks import BlockFile, Group
from ...rdf.reader import RdfFile
from ..locations.location import Location, SourceText
from ..locations.rdf import RdfFileLocator
from ..locations.statement import statement_of
from ..shacl.blank import DEPTH
from ..shacl.look.terms import spell
from ..shacl.result import Node, ValidationResult
from .index import Index

_Key = tuple[str | None, str | None]


class BlockLocator:
    """The locations in one file; ``results`` are those that they may be asked for."""

    def __init__(self, file: BlockFile, index: Index, results: Sequence[ValidationResult]) -> None:
        self._file, self._index, self._results = file, index, results
        self._parts: dict[Group, RdfFileLocator] = {}

    def subject(self, node: Node) -> Location | None:
        """Return the location where something is first said of a node."""
        part = self._part(self._index.group(spell(node)))
        return part.subject(node) if part else None

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Return the location of the first triple that has what is not None."""
        if node is None:
            group = self._mentions.get(_key(predicate, term))
        else:
            group = self._index.group(spell(node))
        part = self._part(group)
        return part.statement(node, predicate, term) if part else None

    def mention(self, node: Node) -> Location | None:
        """Return the location where a node is first named as an object."""
        part = self._part(self._mentions.get(_key(None, node)))
        return part.mention(node) if part else None

    def _part(self, group: Group | None) -> RdfFileLocator | None:
        """Return the locations in a group of this file."""
        if group is None or group.file != self._file.number:
            return None
        if group not in self._parts:
            text = self._file.read(group)
            quads = self._file.parse(text)
            part = RdfFile(self._file.name, self._file.format, text.decode(), quads, {})
            self._parts[group] = _PartLocator(part, self._index.line(group))
        return self._parts[group]

    @cached_property
    def _mentions(self) -> dict[_Key, Group]:
        """The first group that has an object, or a predicate and an object, that results are about."""
        nodes = {node for each in self._results for node in (each.focus, each.value)}
        wanted = {spell(node) for node in nodes if node is not None}
        pairs = {
            _key(predicate, term)
            for subject, predicate, term in filter(None, map(statement_of, self._results))
            if subject is None and predicate and term
        }
        found: dict[_Key, Group] = {}
        for block in self._file.blocks():
            for subject, predicate, term in self._file.triples(block.text):
                if term in wanted:
                    for key in ((None, term), (predicate, term)):
                        if key not in found and (key[0] is None or key in pairs):
                            group = self._index.group(subject)
                            if group is not None:
                                found[key] = group
        return found


def _key(predicate: NamedNode | None, term: Node | None) -> _Key:
    return predicate and spell(predicate), None if term is None else spell(term)


class _PartLocator(RdfFileLocator):
    """The locations in lines of a file that begin at a line."""

    def __init__(self, part: RdfFile, line: int) -> None:
        super().__init__(part)
        self._line = line

    @cached_property
    def _lines(self) -> SourceText:
        return _PartText(self._file.name, self._file.text, self._line)


class _PartText(SourceText):
    """Lines of a text that begin at a line of it."""

    def __init__(self, file: str, text: str, line: int) -> None:
        super().__init__(file, text)
        self._line = line

    def location(
        self, start: int, end: int, row: str | None = None, cell: str | None = None
    ) -> Location:
        """Return the location of the characters between two offsets of the lines."""
        found = super().location(start, end, row, cell)
        return replace(found, line=found.line + self._line - 1)


def blank_statements(
    files: Sequence[BlockFile], index: Index, results: Iterable[ValidationResult]
) -> Iterator[Quad]:
    """Yield what is said of the blank nodes of results, and of those that these are described by."""
    nodes = {node for each in results for node in (each.focus, each.value)}
    level = {node for node in nodes if isinstance(node, BlankNode)}
    seen = set(level)
    for _ in range(DEPTH):
        ahead: set[BlankNode] = set()
        for node in level:
            group = index.group(spell(node))
            if group is not None:
                file = files[group.file]
                for quad in file.parse(file.read(group)):
                    yield quad
                    if isinstance(quad.object, BlankNode):
                        ahead.add(quad.object)
        level = ahead - seen
        seen |= level
