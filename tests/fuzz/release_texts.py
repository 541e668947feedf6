"""The texts of a release: checksums, manifest, index, and patches between releases."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pariscall.publish.diff.patch import make_patch, read_patch
from pariscall.publish.diff.snapshot import canonical_lines
from pariscall.publish.release.checksums import SUMS, read_sums
from pariscall.publish.release.index import read_index
from pariscall.publish.release.manifest import NAME, File, Manifest, read_manifest
from pariscall.rdf.statistics import count

from .edits import decoded, edited, encoded
from .target import Target

_SUM = "0" * 64
_SUMS = f"{_SUM}  manifest.json\n{_SUM}  vocabulary/codes.nt\n{_SUM}  paris-call.nt.gz\n"
_INDEX = json.dumps({"releases": [{"version": "2026.11.22", SUMS: _SUM, "size": 1}]})
_OLD = ['<http://e/a> <http://e/b> "c"@en .', "<http://e/a> <http://e/b> <http://e/c> ."]
_NEW = [*_OLD[:1], '<http://e/a> <http://e/b> "1"^^<http://e/t> .']


def _manifest() -> str:
    texts = {"en": "A", "fr": "B"}
    words = dict.fromkeys(
        ("licence", "publisher", "source", "ontology", "shapes", "software", "dataset"), "x"
    )
    dates = {"version": "2026.11.22", "issued": "2026-11-22", "modified": "2026-11-22"}
    files = [
        File("paris-call.nt", "data", "application/n-triples", 10, _SUM, triples=1),
        File("paris-call.nt.gz", "data", "application/gzip", 10, _SUM, packs="paris-call.nt"),
    ]
    manifest = Manifest(
        format=2,
        title=texts,
        description=texts,
        rights=texts,
        statistics=count([]),
        files=files,
        descriptions={"void.ttl": _SUM},
        **words,
        **dates,
    )
    return json.dumps(asdict(manifest))


@cache
def _folder() -> Path:
    folder = Path(mkdtemp())
    (folder / SUMS).write_text(_SUMS, encoding="utf-8")
    return folder


def read_checksums(content: bytes) -> None:
    """Read ``SHA256SUMS``."""
    other = _folder() / "sums"
    other.mkdir(exist_ok=True)
    (other / SUMS).write_bytes(content)
    read_sums(other)


def read_record(content: bytes) -> None:
    """Read a manifest."""
    (_folder() / NAME).write_bytes(content)
    manifest = read_manifest(_folder())
    assert all(isinstance(name, str) for name in manifest.names)


def apply_patch(text: str) -> None:
    """Read a patch, and apply it."""
    lines = read_patch(text).apply(sorted(_OLD))
    assert lines == canonical_lines_of(lines)


def canonical_lines_of(lines: list[str]) -> list[str]:
    """Return lines as they are written once they were read."""
    from pyoxigraph import RdfFormat, parse

    return canonical_lines(parse("\n".join(lines), format=RdfFormat.N_TRIPLES))


_JSON = [*'{}[]:,"', "null", "true", "-1", "1e400", "9" * 30, '"\\ud800"', "../x", "format"]
_PATCH = str(make_patch(sorted(_OLD), sorted(_NEW)))
TARGETS = [
    Target(
        "releases: SHA256SUMS",
        encoded(edited([_SUMS], [_SUM, "  ", "..", "/", ".", "\\"])),
        read_checksums,
    ),
    Target("releases: manifest", encoded(edited([_manifest()], _JSON)), read_record),
    Target(
        "releases: index",
        encoded(edited([_INDEX], _JSON)),
        lambda content: read_index(content, "releases.json"),
    ),
    Target(
        "releases: patch",
        decoded(edited([_PATCH], ["H ", "A ", "D ", "TX .\n", "TC .\n", "_:a", "<<("])),
        apply_patch,
    ),
]
