"""Parts: each span of the tables is written by itself, in any process or on any machine.

A part is whole when its record is there, which is written last; whoever finds a whole part need not
write it again.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import get_ident
from typing import Any, Protocol

import msgspec

from ..errors import TableError
from ..io.progress import Progress
from ..io.storage import Folder, Stage
from ..tables.dataset import DATASETS
from ..tables.document import Document
from ..tables.graph import TableGraph
from ..tables.spans import Span, SpanReader, TableSource, spans_of
from ..tables.spread import Spread
from ..validation.clearance import key_of
from .ledger import Tally


@dataclass(frozen=True)
class PartFile:
    """A file of a part, by its path below the folder of the parts.

    ``notes`` are what its writer has to tell whoever works on with it.
    """

    path: str
    sha256: str
    notes: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """What was written for a span: its files, and what the ledger counted of its documents."""

    files: Sequence[PartFile]
    documents: int
    tally: Mapping[str, Any]


class PartWriter(Protocol):
    """Writes the documents of a span to files of its own, one by one."""

    @property
    def reads(self) -> Sequence[str]:
        """The head tables whose documents it must have seen, if they come before the span."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def finish(self) -> Sequence[PartFile]:
        """Complete the files, and return them."""


# By a name, what opens the files of a span.
Openers = Mapping[str, Callable[[Stage, Span], PartWriter]]
Parts = Sequence[tuple[Span, Part]]


@dataclass(frozen=True)
class PartWriting:
    """The work on a span: to write its part to a folder, the same bytes each time."""

    source: TableSource
    openers: Openers
    out: Folder

    def __call__(self, span: Span) -> Part:
        """Write the part of a span, and return its record.

        Raises:
            TableError: if the tables are others than those that were cut.
            OutputError: if it cannot be written.
        """
        reader = self.source.open()
        with self.out.staged(f"{platform.node()}-{os.getpid()}-{get_ident()}") as stage:
            part = self._write(stage, span, reader)
            stage.create(_record(span)).write(msgspec.json.encode(part))
        return part

    def _write(self, stage: Stage, span: Span, reader: SpanReader) -> Part:
        writers = [open_files(stage, span) for open_files in self.openers.values()]
        for writer in writers:
            for document in reader.preceding(span, writer.reads):
                writer.write(document)
        tally = Tally(self.source.as_of)
        for document in reader.preceding(span, [DATASETS]):
            tally.know(document)
        documents = 0
        for document in reader.documents(span):
            documents += 1
            tally.add(document)
            for writer in writers:
                writer.write(document)
        files = [file for writer in writers for file in writer.finish()]
        return Part(files, documents, tally.to_record())


@contextmanager
def writing_parts(  # noqa: PLR0913 one for each thing that the parts depend on
    graph: TableGraph,
    spread: Spread,
    openers: Openers,
    folder: Folder,
    progress: Progress,
    *,
    is_resumed_after: tuple[type[BaseException], ...] = (),
) -> Iterator[tuple[Folder, Parts]]:
    """Write the parts of a graph, and yield their folder and them; when the body ends, it is removed.

    Parts that a run which was killed left there, of the same tables, are taken as they are.

    Args:
        graph: whose tables are cut.
        spread: what the work is done on, and how many documents a part has.
        openers: what opens the files of a part.
        folder: below which the folder of the parts is; nothing else is in it.
        progress: is told how many parts are written.
        is_resumed_after: the errors after which the parts stay for the next run as well.

    Raises:
        TableError: if the tables changed meanwhile.
        EngineError, OutputError: if the parts cannot be written.
    """
    spans = spans_of(graph, spread.size)
    key = _key(graph, spans, list(openers))
    with _folder_of_parts(folder, key, is_resumed_after) as parts:
        work = PartWriting(TableSource.of(graph), openers, parts)
        yield parts, _write_parts(graph, spread, spans, work, progress)


def part_name(span: Span) -> str:
    """Return the name of a part, which sorts in the order of the spans."""
    return f"part-{span.number:06d}"


def _write_parts(
    graph: TableGraph, spread: Spread, spans: Sequence[Span], work: PartWriting, progress: Progress
) -> Parts:
    whole = _whole_parts(work.out, spans)
    if whole:
        progress(f"spans: {len(whole)} of {len(spans)} are there from an earlier run")
    missing = [span for span in spans if span.number not in whole]
    made = spread.engine.map(work, missing, _counting(progress, len(missing)))
    if not graph.files.are_unchanged():
        raise TableError(["The tables were written while they were read. Run this again."])
    whole.update((span.number, part) for span, part in zip(missing, made, strict=True))
    return [(span, whole[span.number]) for span in spans]


def _counting(progress: Progress, total: int) -> Callable[[int], None]:
    """Return a function that reports how many spans are done, for each tenth of them."""
    tenths = 0

    def count(number: int) -> None:
        nonlocal tenths
        if number * 10 // total > tenths:
            tenths = number * 10 // total
            progress(f"spans: {number} of {total}")

    return count


@contextmanager
def _folder_of_parts(
    parts: Folder, key: str, is_resumed_after: tuple[type[BaseException], ...]
) -> Iterator[Folder]:
    """Yield the folder for the parts of certain tables, which a run that is killed leaves."""
    folder = parts.below(key)
    for other in parts.entries() - {key}:
        parts.below(other).remove()
    try:
        folder.make()
        yield folder
    except is_resumed_after:
        raise
    except BaseException:
        parts.remove()
        raise
    parts.remove()


def _key(graph: TableGraph, spans: Sequence[Span], names: Sequence[str]) -> str:
    """Return a hash of all that the parts depend on."""
    plan = repr((key_of(graph), spans, names))
    return hashlib.sha256(plan.encode()).hexdigest()


def _whole_parts(folder: Folder, spans: Sequence[Span]) -> dict[int, Part]:
    """Return the records of the parts that are whole, by the number of their spans."""
    records = folder.read_all([_record(span) for span in spans])
    found = {}
    for span in spans:
        with suppress(KeyError, msgspec.MsgspecError):
            found[span.number] = msgspec.json.decode(records[_record(span)], type=Part)
    sums = {file.path: file.sha256 for part in found.values() for file in part.files}
    whole = folder.whole(sums) if sums else set()
    return {
        number: part
        for number, part in found.items()
        if whole.issuperset(file.path for file in part.files)
    }


def _record(span: Span) -> str:
    return f"{part_name(span)}.json"
