"""Verify a partitioned export: all its files are there, as they were written, and hold what is said."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from pyoxigraph import RdfFormat, parse

from ...errors import ReleaseError, printable
from ...io.progress import Detail, Progress, silent
from ...io.storage import Folder, folder_at
from .formats import require_parquet, rows_of_parquet
from .manifest import NAME, UNFINISHED, File, Manifest, PartFile, read_manifest


def verify(place: Path | str, progress: Progress = silent) -> list[str]:
    """Return everything that is wrong with a partitioned export, one ``file: problem`` per line.

    The sizes and checksums come first; a file that is missing or changed is not checked otherwise. Then
    the triples of each part are parsed and counted, and the rows of Parquet compared. The export is in
    a folder, or at the address of one in an object store.

    Raises:
        ReleaseError: if there is no manifest, or one of a later format, or a file cannot be read.
        MisuseError: if there is Parquet, and nothing installed that reads it.
    """
    folder = folder_at(place)
    manifest, is_as_written = read_manifest(folder)
    if any(part.rows is not None for part in manifest.parts):
        require_parquet()
    listed = [*manifest.files, *manifest.parts]
    try:
        sizes = folder.sizes()
        broken = dict(_broken(folder, sizes, listed))
    except OSError as error:
        raise ReleaseError(f"{folder}: cannot be read: {error.strerror}.") from None
    problems = [f"{name}: {problem}" for name, problem in broken.items()]
    problems += _unlisted(sizes, {file.path for file in listed})
    progress(Detail(f"checksums: {len(listed):,} files"))
    problems += _counts(folder, manifest, broken)
    progress(Detail(f"parts: {len(manifest.parts):,} files"))
    if not problems and not is_as_written:
        problems.append(f"{NAME}: was changed: its SHA-256 is not the one that it names.")
    return problems


def _broken(
    folder: Folder, sizes: Mapping[str, int], files: Sequence[File]
) -> Iterator[tuple[str, str]]:
    for file in files:
        size = sizes.get(file.path)
        if size is None:
            yield file.path, "is missing."
        elif size != file.bytes:
            yield file.path, f"has {size:,} bytes where {NAME} says {file.bytes:,}."
        elif folder.sha256(file.path) != file.sha256:
            yield file.path, f"was changed: its SHA-256 is not that of {NAME}."


def _unlisted(names: Iterable[str], listed: set[str]) -> Iterator[str]:
    for name in names:
        if name in listed or name == NAME or name.startswith(f"{UNFINISHED}/"):
            continue  # the last are of a later run, which replaces all
        yield f"{printable(name)}: unexpected file: not listed in {NAME}."


def _counts(folder: Folder, manifest: Manifest, broken: Container[str]) -> Iterator[str]:
    """Find parts with other numbers than those that are listed, and a wrong sum of them."""
    total = 0
    for part in manifest.parts:
        if part.path in broken:
            total += part.triples or 0
            continue
        try:
            triples, rows = _counted(folder, part)
        except (OSError, EOFError, SyntaxError, ValueError, zlib.error) as error:
            yield f"{part.path}: cannot be read: {printable(str(error))}."
            total += part.triples or 0
            continue
        total += triples or 0
        for what, found, said in (("triples", triples, part.triples), ("rows", rows, part.rows)):
            if found is not None and found != said:
                yield f"{part.path}: holds {found:,} {what} where {NAME} says {said:,}."
    if total != (manifest.triples or 0):
        yield f"{NAME}: says {manifest.triples or 0:,} triples where the parts have {total:,}."


def _counted(folder: Folder, part: PartFile) -> tuple[int | None, int | None]:
    """Return the triples of a part, or its rows.

    Raises:
        OSError, EOFError, SyntaxError, ValueError, zlib.error: if it cannot be read.
    """
    if part.rows is None and part.triples is None:
        return None, None
    with folder.open(part.path) as file:
        if part.rows is not None:
            return None, rows_of_parquet(file)
        return _triples(file), None


def _triples(file: BinaryIO) -> int:
    number = 0
    with gzip.open(file) as lines:
        for _ in parse(cast("IO[bytes]", lines), RdfFormat.N_TRIPLES):
            number += 1
    return number
