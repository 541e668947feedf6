"""Folders that say they are releases, for ``verify``, ``pull`` and ``push``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pariscall import __version__
from pariscall.errors import ReleaseError
from pariscall.publish.push.release_graphs import read_graphs
from pariscall.publish.release.checksums import SUMS, sha256
from pariscall.publish.release.index import read_index
from pariscall.publish.release.manifest import NAME, digest_of_project
from pariscall.publish.release.verify import verify
from support.bombs import gzip_bomb
from support.kept_releases import KEPT, rewrite, unpack

from .registry import Try, hostile

Change = Callable[[Path], object]


def replace(name: str, content: bytes, **kept: object) -> Change:
    """Return a change that writes a file, and makes manifest and checksums fit."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(content)
        said = json.loads((folder / NAME).read_bytes())
        for file in said["files"]:
            if file["path"] == name:
                file |= {"sha256": sha256(folder / name), "size": len(content), **kept}
        rewrite(folder, **said)

    return change


def instead(name: str, make: Callable[[Path], object]) -> Change:
    """Return a change that puts something else in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink()
        make(folder / name)

    return change


def with_files(number: int) -> Change:
    """Return a change after which the manifest names many files."""

    def change(folder: Path) -> None:
        said = json.loads((folder / NAME).read_bytes())
        one = said["files"][0]
        rewrite(folder, files=[one | {"path": f"f{n}"} for n in range(number)])

    return change


def lie_about_size(folder: Path) -> None:
    """Name a file larger than it is, so that a bomb that should hold it may be unpacked far."""
    replace("paris-call.ttl.gz", gzip_bomb(500))(folder)
    said = json.loads((folder / NAME).read_bytes())
    for file in said["files"]:
        if file["path"] == "paris-call.ttl":
            file["size"] = 10**15
    rewrite(folder, **said)


def ledger(folder: Path) -> None:
    """Write a ledger that is no table, in a release of this version, whose ledger is read."""
    replace("paris-call-ledger.csv", b'"\0' * 100_000)(folder)
    rewrite(folder, software=__version__, project=digest_of_project())


_TERMS = b"<http://e/s> <http://e/p> " + b"<<( <http://e/s> <http://e/p> " * 50_000
_DOCTYPE = b'<!DOCTYPE r [<!ENTITY a "a">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
CHANGES: dict[str, Change] = {
    "checksums without an end": instead(SUMS, lambda path: path.symlink_to("/dev/zero")),
    "a pipe for a manifest": instead(NAME, os.mkfifo),
    "a manifest without an end": instead(NAME, lambda path: path.symlink_to("/dev/zero")),
    "a device among the files": instead("void.ttl", lambda path: path.symlink_to("/dev/zero")),
    "a loop of links": instead("void.ttl", lambda path: path.symlink_to(path)),
    "a folder for a file": instead("void.ttl", Path.mkdir),
    "a gzip bomb": replace("paris-call.ttl.gz", gzip_bomb(500)),
    "a gzip bomb and a size that is a lie": lie_about_size,
    "nested triple terms": replace("paris-call.nt", _TERMS),
    "nested JSON-LD": replace("paris-call.jsonld", b'{"http://e/p":' * 100_000),
    "a remote context": replace("paris-call.jsonld", b'{"@context": "http://127.0.0.1:9/"}'),
    "a million triples in few bytes": replace(
        "paris-call.ttl", b"<http://e/s> <http://e/p> " + b",".join([b"1"] * 1_000_000) + b" ."
    ),
    "two thousand files": with_files(2_000),
    "a name with an escape": lambda folder: rewrite(folder, descriptions={"\x1b[2J": "0" * 64}),
    "a name that leads out": lambda folder: rewrite(folder, descriptions={"../x": "0" * 64}),
    "a dataset that is SPARQL": lambda folder: rewrite(folder, dataset="x> {} }; DROP ALL #"),
    "a manifest of 20 MB": lambda folder: rewrite(folder, note="x" * 20_000_000),
    "a ledger that is no table": ledger,
}


def run(change: Change, reader: Callable[[Path], object]) -> None:
    """Change a release, and read it. What ``verify`` finds counts as a refusal."""
    with TemporaryDirectory() as name:
        folder = unpack(KEPT[-1], Path(name))
        change(folder)
        found = reader(folder)
        if reader is verify and found:
            raise ReleaseError("; ".join(list(found)[:3]))  # type: ignore[call-overload]


@hostile("releases")
def releases() -> Iterator[Try]:
    """Yield each change, as ``verify`` and ``push`` read it, and indexes."""
    for what, change in CHANGES.items():
        yield Try(f"verify: {what}", partial(run, change, verify))
        yield Try(f"push: {what}", partial(run, change, read_graphs), must_be_refused=False)
    deep = b'{"releases":' + b"[" * 500_000
    for what, content in {"nested": deep, "numbers": b"9" * 1_000_000, "text": b"\xff"}.items():
        yield Try(f"index: {what}", partial(read_index, content, "releases.json"))
