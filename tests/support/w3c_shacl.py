"""The W3C test suites of SHACL Core and SHACL-SPARQL: ``python -m support.w3c_shacl`` fetches them.

The source distribution of pySHACL holds them. They are not ours to keep, so they are in build/.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from pariscall.rdf.namespaces import RDF
from pariscall.validation.shacl.graph import ShaclGraph
from pariscall.validation.shacl.result import Term

FOLDER = Path(__file__).parents[2] / "build" / "w3c-shacl"
MISSING = f"{FOLDER.name} is not there: make w3c-shacl fetches it"
NUMBER = 121
_RELEASE = "pyshacl==0.40.1"
_HASH = "sha256:011e3cf1a68b31747cb762ba3d755ae1bdcc464c8fad0dc212a9adc550719552"
_INSIDE = "/test/resources/sht_tests/"
_MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_TEST = "http://www.w3.org/ns/shacl-test#"
FAILURE = NamedNode(_TEST + "Failure")


@dataclass(frozen=True)
class Case:
    """A test of the suite: data, shapes, and the report that is expected, in the graph of its file."""

    name: str
    data: list[Quad]
    shapes: list[Quad]
    file: ShaclGraph
    report: Term

    @property
    def quads(self) -> list[Quad]:
        """All that blank nodes are described by."""
        return list(dict.fromkeys([*self.data, *self.shapes]))


def files() -> list[Path]:
    """Return the files that hold a test."""
    return [path for path in sorted(FOLDER.rglob("*.ttl")) if b"sht:Validate" in path.read_bytes()]


def cases(path: Path) -> Iterator[Case]:
    """Read the tests of a file; what it names twice is read once, so that its blank nodes agree."""
    graphs = {path: _read(path)}
    file = ShaclGraph(graphs[path])
    for test in file.having(RDF + "type", NamedNode(_TEST + "Validate")):
        [action] = file.values(test, _MANIFEST + "action")
        [report] = file.values(test, _MANIFEST + "result")
        data, shapes = (
            _path(file.values(action, _TEST + name)[0]) for name in ("dataGraph", "shapesGraph")
        )
        for name in (data, shapes):
            graphs.setdefault(name, _read(name))
        yield Case(path.stem, graphs[data], graphs[shapes], file, report)


def _read(path: Path) -> list[Quad]:
    return list(parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def _path(term: Term) -> Path:
    return Path(unquote(urlsplit(str(term)[1:-1]).path))


def main() -> None:
    """Let pip bring the source distribution; one that is not as expected is not kept."""
    if FOLDER.exists():
        return
    with TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"{_RELEASE} --hash={_HASH}\n", encoding="utf-8")
        options = ["--quiet", "--no-deps", "--no-binary=:all:", "--dest", folder, "-r", str(wanted)]
        try:
            subprocess.run([sys.executable, "-m", "pip", "download", *options], check=True)
        except subprocess.CalledProcessError as error:
            sys.exit(f"pip cannot fetch {_RELEASE} ({error})")
        [archive] = Path(folder).glob("*.tar.gz")
        _unpack(archive)


def _unpack(archive: Path) -> None:
    with tarfile.open(archive) as source:
        for member in source:
            _, found, name = member.name.partition(_INSIDE)
            content = source.extractfile(member) if found and member.isfile() else None
            if content:
                target = FOLDER / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


if __name__ == "__main__":
    main()
