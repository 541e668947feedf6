"""Verifying a release: whole, the same in every format, and truly described."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256 as digest
from pathlib import Path

from pyoxigraph import Quad, parse

from ...rdf import statistics
from ...rdf.canonical import graph_hash
from ...rdf.formats import format_of
from ..dumps import OUTPUTS
from ..export import ACCOUNT
from ..ledger import count_endorsements
from .descriptions import DESCRIPTIONS
from .manifest import DATA, NAME, SUMS, File, Manifest, file_names, read_manifest, read_sums, sha256
from .signature import SIGNATURE, check_signature


def verify(folder: Path, signers: Path | None = None) -> list[str]:
    """Find everything that is wrong with a release: ``file: what``, a line each.

    The checksums come first; a file that is missing or changed is looked at no further. With a
    file of allowed signers, one of them must have signed.

    Raises:
        ReleaseError: if the folder is not a release.
        MisuseError: if a signature cannot be checked here.
    """
    manifest = read_manifest(folder)
    named = {file.path for file in manifest.files} | {NAME, *DESCRIPTIONS}
    broken = dict(_sums(folder, named))
    problems = [f"{name}: {what}" for name, what in broken.items()]
    files = [file for file in manifest.files if file.path not in broken]
    problems += _sizes(folder, files)
    problems += _unlisted(named, folder)
    if NAME not in broken:
        problems += _descriptions(folder, manifest, broken)
    problems += _packs(folder, files)
    problems += _graphs(folder, manifest, files)
    problems += _counts(folder, broken)
    problems += check_signature(folder, signers) if signers else ()
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
        yield name, f"does not belong here: {SUMS} does not name it."


def _sizes(folder: Path, files: list[File]) -> Iterator[str]:
    for file in files:
        path = folder / file.path
        if path.exists() and path.stat().st_size != file.size:
            yield f"{file.path}: has {path.stat().st_size:,} bytes where {NAME} says {file.size:,}."
        if path.exists() and sha256(path) != file.sha256:
            yield f"{file.path}: its SHA-256 is not that of {NAME}."


def _unlisted(named: set[str], folder: Path) -> Iterator[str]:
    """Find files to which the manifest and the checksums do not both attest."""
    listed = set(read_sums(folder))
    for name in sorted(listed - named):
        yield f"{name}: {SUMS} names it, {NAME} does not."
    for name in sorted(named - listed):
        yield f"{name}: {NAME} names it, {SUMS} does not."


def _descriptions(folder: Path, manifest: Manifest, broken: dict[str, str]) -> Iterator[str]:
    for name, describe in DESCRIPTIONS.items():
        if name not in broken and (folder / name).read_bytes() != describe(manifest):
            yield f"{name}: does not describe what {NAME} lists."
    if (folder / NAME).read_bytes() != manifest.to_json():
        yield f"{NAME}: is not spelt as it was written."


def _packs(folder: Path, files: list[File]) -> Iterator[str]:
    sums = {file.path: file.sha256 for file in files}
    for file in files:
        if file.packs:
            try:
                content = gzip.decompress((folder / file.path).read_bytes())
            except (OSError, EOFError, zlib.error) as error:
                yield f"{file.path}: cannot be unpacked: {error}."
            else:
                if digest(content).hexdigest() != sums.get(file.packs):
                    yield f"{file.path}: does not hold {file.packs}."


def _graphs(folder: Path, manifest: Manifest, files: list[File]) -> Iterator[str]:
    """Find RDF files that do not hold as much as is said, or not the same as their siblings."""
    hashes: dict[str, tuple[str, str]] = {}
    for file in files:
        kind = format_of(folder / file.path)
        if file.triples is None or kind is None or file.role == "report":
            continue
        try:
            quads = list(parse(path=str(folder / file.path), format=kind.rdf))
        except SyntaxError as error:
            yield f"{file.path}: cannot be read: {error}."
            continue
        if len(quads) != file.triples:
            yield f"{file.path}: holds {len(quads):,} triples where {NAME} says {file.triples:,}."
        if file.path == DATA:
            yield from _statistics(quads, manifest)
        stem = file.path.rpartition(".")[0]
        found = graph_hash(quads)
        first, expected = hashes.setdefault(stem, (file.path, found))
        if found != expected:
            yield f"{file.path}: is not the same graph as {first}."


def _statistics(quads: list[Quad], manifest: Manifest) -> Iterator[str]:
    said, found = asdict(manifest.statistics), asdict(statistics.count(quads))
    for name, value in said.items():
        if value != found[name]:
            yield f"{NAME}: the number of {name} is not what {DATA} holds."


def _counts(folder: Path, broken: dict[str, str]) -> Iterator[str]:
    """Find dumps that do not hold as many endorsements as the account says."""
    if ACCOUNT in broken:
        return
    with (folder / ACCOUNT).open(encoding="utf-8", newline="") as file:
        said = {row["quantity"]: int(row["number"]) for row in csv.DictReader(file)}
    paths = {out: folder / out.file for out in OUTPUTS if out.file not in broken}
    for name, number in count_endorsements(paths).items():
        expected = said.get(f"endorsements in {name}")
        if number != expected:
            yield f"{name}: holds {number:,} endorsements where {ACCOUNT} says {expected}."
