"""The formats of partitioned exports: compressed N-Triples, and Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO, ClassVar

from ...errors import MisuseError, OutputError
from ...io.compression import COMPRESSED, compress
from ...io.storage import Stage
from ...tables.csvw import Table
from ...tables.document import Document
from ...tables.rows import INTEGERS
from ...tables.spans import Span
from ..dumps.ntriples import IN_NTRIPLES, NTriplesWriter
from ..parts import PartFile, PartWriter, part_name

_LEVEL = 6  # 6 % larger than 9, in a third of the time
_ENDORSEMENTS = "endorsements.csv"


class NTriplesPart:
    """Writes ``nt/part-NNNNNN.nt.gz``. All parts after each other are the bytes of the dump."""

    reads: ClassVar[Sequence[str]] = ()

    def __init__(self, stage: Stage, span: Span) -> None:
        self._stage = stage
        self._path = f"nt/{part_name(span)}.nt{COMPRESSED}"
        self._file = BytesIO()
        self._writer = NTriplesWriter(self._file)

    def write(self, document: Document) -> None:
        """Write one document."""
        self._writer.write(document)

    def finish(self) -> Sequence[PartFile]:
        """Compress the file and return it, with its triples."""
        lines = self._file.getvalue()
        counts = {"triples": lines.count(b"\n"), "endorsements": lines.count(IN_NTRIPLES)}
        return [_written(self._stage, self._path, compress(lines, _LEVEL), counts)]


class ParquetPart:
    """Writes ``parquet/TABLE/part-NNNNNN.parquet`` for each table that has rows in the span.

    Empty cells are null. Numbers and dates have their types, all else is text.
    """

    reads: ClassVar[Sequence[str]] = ()

    def __init__(self, stage: Stage, span: Span) -> None:
        self._stage, self._name = stage, f"{part_name(span)}.parquet"
        self._rows: dict[str, list[list[str]]] = {}
        self._tables: dict[str, Table] = {}

    def write(self, document: Document) -> None:
        """Note the rows of a document."""
        for row in document.rows:
            self._tables[row.table.name] = row.table
            self._rows.setdefault(row.table.name, []).append(row.cells)

    def finish(self) -> Sequence[PartFile]:
        """Write the files and return them, with their rows.

        Raises:
            OutputError: if a number is too large for Parquet.
        """
        return [self._file_of(self._tables[name], self._rows[name]) for name in sorted(self._rows)]

    def _file_of(self, table: Table, rows: Sequence[Sequence[str]]) -> PartFile:
        counts = {"rows": len(rows)}
        if table.name == _ENDORSEMENTS:
            counts["endorsements"] = len(rows)
        path = f"parquet/{table.stem}/{self._name}"
        return _written(self._stage, path, _parquet(table, rows), counts)


def _written(stage: Stage, path: str, content: bytes, counts: Mapping[str, int]) -> PartFile:
    stage.create(path).write(content)
    return PartFile(path, hashlib.sha256(content).hexdigest(), {"bytes": len(content), **counts})


def _parquet(table: Table, rows: Sequence[Sequence[str]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    types: Mapping[str, Any] = {
        **dict.fromkeys(INTEGERS, pa.int64()),
        "decimal": pa.float64(),
        "date": pa.date32(),
    }
    columns = {}
    for column, cells in zip(table.cells, zip(*rows, strict=True), strict=True):
        texts = pa.array([cell or None for cell in cells], pa.string())
        try:
            columns[column.name] = texts.cast(types.get(column.datatype, pa.string()))
        except pa.ArrowInvalid as error:
            problem = f"{table.name}: Parquet cannot hold the column {column.name}: {error}."
            raise OutputError(problem) from None
    file = BytesIO()
    parquet.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


FORMATS: Mapping[str, Callable[[Stage, Span], PartWriter]] = {
    "nt": NTriplesPart,
    "parquet": ParquetPart,
}


def rows_of_parquet(file: BinaryIO) -> int:
    """Return how many rows a Parquet file says that it has.

    Raises:
        ValueError, OSError: if it is not a Parquet file.
    """
    from pyarrow import parquet

    number: int = parquet.read_metadata(file).num_rows
    return number


def require_parquet() -> None:
    """Check that what reads and writes Parquet is installed.

    Raises:
        MisuseError: if it is not.
    """
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise MisuseError(
            "Parquet needs pyarrow, not installed here. Run: python -m pip install pyarrow."
        )
