"""Joining: dumps that are written in parts are put together in the order of the spans.

The bytes are those of a single process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from ..io.progress import Progress
from ..io.storage import Stage, folder_at
from ..tables.document import Document
from ..tables.graph import TableGraph
from ..tables.spans import Span
from ..tables.spread import Spread
from .dumps import PartedWriter, parted_writer
from .ledger import Tally
from .parts import PartFile, part_name, writing_parts

_FOLDER = ".parts.partial"


class DumpPart:
    """Writes the part of a dump that a span has.

    It notes where the documents begin, after what every file begins with, and what the writer keeps
    for the end.
    """

    def __init__(self, dump: str, stage: Stage, span: Span) -> None:
        self._dump, self._stage, self._path = dump, stage, f"{part_name(span)}.{dump}"
        file = stage.create(self._path)
        self._writer = parted_writer(dump, file)
        self._begin = file.tell()

    @property
    def reads(self) -> Sequence[str]:
        """The head tables whose documents the writer must have seen; it writes nothing for them."""
        return self._writer.reads

    def write(self, document: Document) -> None:
        """Write one document."""
        self._writer.write(document)

    def finish(self) -> Sequence[PartFile]:
        """Return the file, which has no end, for the next part follows."""
        notes = {"dump": self._dump, "begin": self._begin, "kept": self._writer.kept()}
        return [PartFile(self._path, self._stage.sha256(self._path), notes)]


def write_joined(  # noqa: PLR0913 one for each thing that is put together
    graph: TableGraph,
    spread: Spread,
    out: Path,
    writers: Mapping[str, PartedWriter],
    *,
    tally: Tally,
    progress: Progress,
) -> None:
    """Write dumps in parts below a folder, and put them together in writers of the whole.

    Raises:
        TableError, EngineError, OutputError: as ``writing_parts``.
    """
    openers = {name: partial(DumpPart, name) for name in writers}
    with writing_parts(graph, spread, openers, folder_at(out / _FOLDER), progress) as (
        folder,
        parts,
    ):
        for _, part in parts:
            tally.add_record(part.tally)
            for piece in part.files:
                with folder.open(piece.path) as file:
                    file.seek(piece.notes["begin"])
                    writers[piece.notes["dump"]].append(file, piece.notes["kept"])
