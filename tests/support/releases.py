"""A release of little data and the real vocabularies, made in no time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from pariscall.publish.release.checksums import SUMS, sha256
from pariscall.publish.release.manifest import NAME, File, Manifest
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.rdf import statistics
from support.command import EXAMPLE

VERSION = "2026.11.22"


def make_small_release(releases: Path, version: str = VERSION, data: Path = EXAMPLE) -> Path:
    """Write what a store is given of a release: its N-Triples, manifest and checksums."""
    folder = releases / version
    (folder / "vocabulary").mkdir(parents=True)
    sources = {f"vocabulary/{name}.nt": paths for name, paths in VOCABULARIES.items()}
    files = [
        _write(folder, name, source)
        for name, source in [*sources.items(), ("paris-call.nt", [data])]
    ]
    manifest = Manifest(
        dataset="paris-call",
        version=version,
        issued="2026-11-22",
        modified="2026-11-22",
        title={},
        description={},
        rights={},
        licence="",
        publisher="",
        source="",
        ontology="",
        shapes="",
        software="",
        statistics=statistics.count([]),
        files=files,
    )
    (folder / NAME).write_bytes(manifest.to_json())
    write_sums(folder)
    return folder


def write_sums(folder: Path) -> None:
    """Write the checksums of the files that are there now."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != SUMS]
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(sorted(lines)), encoding="utf-8")


def _write(folder: Path, name: str, sources: Sequence[Path]) -> File:
    triples = [quad.triple for source in sources for quad in parse(path=str(source))]
    path = folder / name
    path.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    role = "data" if name == "paris-call.nt" else "vocabulary"
    size = path.stat().st_size
    return File(name, role, "application/n-triples", size, sha256(path), len(triples))
