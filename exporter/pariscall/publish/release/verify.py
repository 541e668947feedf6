"""Verify a release: complete, the same graph in every format, and correctly described.

What depends on this version of the software or on the project file, such as the wording of a
description, is checked in the releases of this version and project only; in others, by its checksum.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from hashlib import sha256 as digest
from io import StringIO
from pathlib import Path

from ...errors import RdfError, printable
from ...io.bounded import read_bounded
from ...io.progress import Detail, Progress, silent
from ...io.request import DEFAULT_SIZE
from ...rdf import statistics
from ...rdf.canonical import graph_hash
from ...rdf.formats import format_of
from ...rdf.reader import parse_lines
from ..dumps import DUMPS
from ..export import LEDGER
from ..ledger import count_endorsements
from .checksums import SUMS, file_names, read_sums, sha256
from .descriptions import DESCRIPTIONS
from .manifest import LARGEST_GRAPH, NAME, File, Manifest, read_manifest
from .signature import SIGNATURE, check_signature
from .wanted import Wanted, wanted_at

_BLOCK = 64 * 1024
_LASTING = ("triples", "subjects", "objects", "classes", "properties")


def verify(folder: Path, signers: Path | None = None, progress: Progress = silent) -> list[str]:
    """Return everything that is wrong with a release, one ``file: problem`` per line.

    The checksums come first; a file that is missing or changed is not checked otherwise.

    Args:
        folder: of the release. If its name is a version, the release must have that version.
        signers: a file of allowed signers, one of whom must have signed the release.
        progress: is told of each kind of check that is done.

    Raises:
        ReleaseError: if the folder is not a release, or one of a later format.
        MisuseError: if a signature cannot be checked here.
    """
    return find_problems(folder, wanted_at(folder, signers), progress)


def find_problems(folder: Path, wanted: Wanted, progress: Progress = silent) -> list[str]:
    """Return everything that is wrong with the release that is asked for, as ``verify`` does.

    Raises:
        ReleaseError, MisuseError: as ``verify``.
    """
    manifest = read_manifest(folder)
    broken = dict(_sums(folder, manifest.names))
    problems = [f"{name}: {what}" for name, what in broken.items()]
    files = [file for file in manifest.files if file.path not in broken]
    problems += wanted.problems(manifest)
    problems += wanted.sums_problems(sha256(folder / SUMS))
    problems += _sizes(folder, files)
    problems += _unlisted(manifest.names, folder)
    progress(Detail(f"checksums: {len(manifest.names):,} files"))
    problems += _descriptions(folder, manifest, broken)
    progress(Detail(f"descriptions: {len(manifest.descriptions):,} files"))
    problems += _compressed(folder, files)
    progress(Detail(f"compressed copies: {sum(bool(file.packs) for file in files):,} files"))
    problems += _graphs(folder, manifest, files)
    progress(Detail(f"graphs: {manifest.statistics.triples:,} triples"))
    if manifest.is_of_this_version:
        problems += _counts(folder, broken)
    problems += check_signature(folder, wanted.signers) if wanted.signers else ()
    return problems


def _sums(folder: Path, named: set[str]) -> Iterator[tuple[str, str]]:
    sums = read_sums(folder)
    there = set(file_names(folder))
    for name in sorted(sums.keys() | named):
        if name not in there:
            yield name, "is missing."
        elif name in sums and sha256(folder / name) != sums[name]:
            yield name, f"was changed: its SHA-256 is not that of {SUMS}."
    for name in sorted(there - sums.keys() - {SUMS, SIGNATURE}):
        yield printable(name), f"unexpected file: not listed in {SUMS}."


def _sizes(folder: Path, files: list[File]) -> Iterator[str]:
    for file in files:
        size = (folder / file.path).stat().st_size
        if size != file.size:
            yield f"{file.path}: has {size:,} bytes where {NAME} says {file.size:,}."
        if sha256(folder / file.path) != file.sha256:
            yield f"{file.path}: its SHA-256 is not that of {NAME}."


def _unlisted(named: set[str], folder: Path) -> Iterator[str]:
    """Find files that are not in both the manifest and the checksums."""
    listed = set(read_sums(folder))
    for name in sorted(listed - named):
        yield f"{name}: {SUMS} names it, {NAME} does not."
    for name in sorted(named - listed):
        yield f"{name}: {NAME} names it, {SUMS} does not."


def _descriptions(folder: Path, manifest: Manifest, broken: dict[str, str]) -> Iterator[str]:
    for name, checksum in manifest.descriptions.items():
        if name not in broken and sha256(folder / name) != checksum:
            yield f"{name}: its SHA-256 is not that of {NAME}."
    if NAME in broken or not manifest.is_of_this_version:
        return
    for name, describe in DESCRIPTIONS.items():
        if name not in manifest.descriptions:
            yield f"{name}: {NAME} does not name it."
        elif name not in broken and sha256(folder / name) != _described(describe, manifest):
            yield f"{name}: does not describe what {NAME} lists."
    if (folder / NAME).read_bytes() != manifest.to_json():
        yield f"{NAME}: is not written as this version of pariscall writes it."


def _described(describe: Callable[[Manifest], bytes], manifest: Manifest) -> str | None:
    """Return the checksum of the description that this version makes of a manifest."""
    try:
        return digest(describe(manifest)).hexdigest()
    except (KeyError, ValueError):  # of a media type or an IRI that no release has
        return None


def _compressed(folder: Path, files: list[File]) -> Iterator[str]:
    plain = {file.path: file for file in files}
    for file in files:
        if file.packs in plain:
            size = (folder / file.packs).stat().st_size  # which the manifest may lie about
            yield from _unpacked(folder / file.path, file, plain[file.packs], size)


def _unpacked(path: Path, file: File, plain: File, most: int) -> Iterator[str]:
    """Unpack a gzip file block by block, no further than the size of the file that it holds."""
    unpacker, found, size = zlib.decompressobj(wbits=31), digest(), 0
    try:
        with path.open("rb") as stream:
            while not unpacker.eof and size <= most:
                block = unpacker.unconsumed_tail or stream.read(_BLOCK)
                if not block:
                    yield f"{file.path}: cannot be decompressed: it was cut."
                    return
                content = unpacker.decompress(block, _BLOCK)
                found.update(content)
                size += len(content)
            has_more = bool(unpacker.unused_data or stream.read(1))
    except zlib.error as error:
        yield f"{file.path}: cannot be decompressed: {error}."
        return
    if size > most or has_more or found.hexdigest() != plain.sha256:
        yield f"{file.path}: does not hold {plain.path}."


def _graphs(folder: Path, manifest: Manifest, files: list[File]) -> Iterator[str]:
    """Find RDF files that have another number of triples than listed, or another graph."""
    hashes: dict[str, tuple[str, str]] = {}
    for file in files:
        kind = format_of(folder / file.path)
        if file.triples is None or kind is None or file.role == "report":
            continue
        try:
            content = read_bounded(folder / file.path, LARGEST_GRAPH)
            lines = parse_lines(file.path, content, kind)
        except OSError as error:
            yield f"{file.path}: cannot be read: {error.strerror}."
            continue
        except RdfError as error:
            yield str(error)
            continue
        if (triples := lines.count(b"\n")) != file.triples:
            yield f"{file.path}: holds {triples:,} triples where {NAME} says {file.triples:,}."
        if file.path == manifest.data:
            yield from _statistics(lines, manifest)
        stem = file.path.rpartition(".")[0]
        try:
            found = graph_hash(lines)
        except RdfError as error:
            yield f"{file.path}: {error}"
            continue
        first, expected = hashes.setdefault(stem, (file.path, found))
        if found != expected:
            yield f"{file.path}: is not the same graph as {first}."


def _statistics(lines: bytes, manifest: Manifest) -> Iterator[str]:
    """Find wrong counts; what belongs to us or to others is decided anew in each version."""
    listed = asdict(manifest.statistics)
    found = asdict(statistics.count_lines(lines.decode().split("\n")[:-1]))
    for name in listed if manifest.is_of_this_version else _LASTING:
        if listed[name] != found[name]:
            yield f"{NAME}: the number of {name} is not what {manifest.data} holds."


def _counts(folder: Path, broken: dict[str, str]) -> Iterator[str]:
    """Find dumps that hold another number of endorsements than the ledger says."""
    if LEDGER in broken:
        return
    try:
        file = StringIO(read_bounded(folder / LEDGER, DEFAULT_SIZE).decode(), newline="")
        listed = {row["quantity"]: int(row["number"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        yield f"{LEDGER}: cannot be read: {error}."
        return
    paths = {out: folder / out.file for out in DUMPS if out.file not in broken}
    there = {out: path for out, path in paths.items() if path.is_file()}
    for name, number in count_endorsements(there).items():
        expected = listed.get(f"endorsements in {name}")
        if number != expected:
            yield f"{name}: holds {number:,} endorsements where {LEDGER} says {expected}."
