"""Parts: each span of the tables is written by itself, and the parts are put together in order.

The bytes are those of a single process. A part is whole when its record is there, which is written
last; whoever finds a whole part need not write it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import get_ident
from typing import Any

from ..errors import TableError
from ..io.atomic import Staging, shared_staging
from ..io.progress import Progress
from ..tables.dataset import DATASETS
from ..tables.graph import TableGraph
from ..tables.spans import Span, SpanReader, TableSource, cut
from ..tables.spread import Spread
from ..validation.clearance import key_of
from .dumps import PartedWriter, parted_writer
from .ledger import Tally
from .release.checksums import sha256

_FOLDER = ".parts.partial"


@dataclass(frozen=True)
class Part:
    """What was written for a span, by the names of the dumps.

    ``begins`` is where the documents begin in each file, after what every file begins with;
    ``kept`` is what the writer keeps for the end, and ``tally`` what the ledger counted.
    """

    begins: Mapping[str, int]
    sha256: Mapping[str, str]
    kept: Mapping[str, str]
    tally: Mapping[str, Any]


@dataclass(frozen=True)
class PartWriting:
    """The work on a span: to write its part to a folder, the same bytes each time."""

    source: TableSource
    dumps: tuple[str, ...]
    out: Path

    def __call__(self, span: Span) -> Part:
        """Write the part of a span, and return its record.

        Raises:
            TableError: if the tables are others than those that were cut.
            OutputError: if it cannot be written.
        """
        reader = self.source.open()
        with shared_staging(self.out, f"{platform.node()}-{os.getpid()}-{get_ident()}") as stage:
            part = self._write(stage, span, reader)
            stage.create(_record(span)).write(json.dumps(asdict(part)).encode())
        return part

    def _write(self, stage: Staging, span: Span, reader: SpanReader) -> Part:
        writers: dict[str, PartedWriter] = {}
        begins: dict[str, int] = {}
        for name in self.dumps:
            file = stage.create(_file(span, name))
            writers[name] = writer = parted_writer(name, file)
            for document in reader.preceding(span, writer.reads):
                writer.write(document)
            begins[name] = file.tell()
        tally = Tally(self.source.as_of)
        for document in reader.preceding(span, [DATASETS]):
            tally.know(document)
        for document in reader.documents(span):
            tally.add(document)
            for writer in writers.values():
                writer.write(document)
        return Part(
            begins,
            {name: sha256(stage.written(_file(span, name))) for name in self.dumps},
            {name: writer.kept() for name, writer in writers.items()},
            tally.to_record(),
        )


def write_parts(  # noqa: PLR0913 one for each thing that is put together
    graph: TableGraph,
    spread: Spread,
    out: Path,
    writers: Mapping[str, PartedWriter],
    *,
    tally: Tally,
    progress: Progress,
) -> None:
    """Write dumps in parts below a folder, and put them together in writers of the whole.

    Parts that a run which was killed left there, of the same tables, are taken as they are.

    Raises:
        TableError: if the tables changed meanwhile.
        EngineError, OutputError: if the parts cannot be written.
    """
    spans = cut(graph.schema, spread.size)
    names = tuple(writers)
    with _folder_of_parts(out, _key(graph, spans, names)) as folder:
        work = PartWriting(TableSource.of(graph), names, folder.resolve())
        whole = {span.number: part for span in spans if (part := _read_part(folder, span, names))}
        if whole:
            progress(f"spans: {len(whole)} of {len(spans)} are there from an earlier run")
        missing = [span for span in spans if span.number not in whole]
        made = spread.engine.map(work, missing, _counting(progress, len(missing)))
        if not graph.files.are_unchanged():
            raise TableError(["The tables were written while they were read. Run this again."])
        whole.update((span.number, part) for span, part in zip(missing, made, strict=True))
        for span in spans:
            part = whole[span.number]
            tally.add_record(part.tally)
            for name, writer in writers.items():
                with (folder / _file(span, name)).open("rb") as file:
                    file.seek(part.begins[name])
                    writer.append(file, part.kept[name])


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
def _folder_of_parts(out: Path, key: str) -> Iterator[Path]:
    """Yield the folder for the parts of certain tables; only a run that is killed leaves it."""
    parts = out / _FOLDER
    folder = parts / key
    for other in parts.iterdir() if parts.is_dir() else ():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _key(graph: TableGraph, spans: Sequence[Span], names: Sequence[str]) -> str:
    """Return a hash of all that the parts depend on."""
    plan = repr((key_of(graph), spans, names))
    return hashlib.sha256(plan.encode()).hexdigest()


def _read_part(folder: Path, span: Span, names: Sequence[str]) -> Part | None:
    """Return the record of a part, if the part is whole."""
    try:
        part = Part(**json.loads((folder / _record(span)).read_bytes()))
        files = {name: sha256(folder / _file(span, name)) for name in names}
    except (OSError, ValueError, TypeError):
        return None
    return part if part.sha256 == files else None


def _file(span: Span, dump: str) -> str:
    return f"part-{span.number:06d}.{dump}"


def _record(span: Span) -> str:
    return _file(span, "json")
