"""RDF is read from wherever people have it, each source once."""

from __future__ import annotations

import bz2
import gzip
import http.server
import io
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pariscall.errors import RdfError, WebError
from pariscall.io import compression
from pariscall.rdf.reader import InputOptions, open_inputs, read_inputs

TRIPLE = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"
BLANK = b"[] <http://example.org/p> 1 ."


@pytest.fixture
def address() -> Iterator[str]:
    """Serve Turtle on loopback, under a name that does not tell the format."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/data"
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/turtle; charset=utf-8")
            body = b"<> <http://example.org/p> 1 ." if known else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/data"
        listening.shutdown()


def _zstd(content: bytes) -> bytes:
    zstd = pytest.importorskip("backports.zstd")
    compressed: bytes = zstd.compress(content)
    return compressed


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, _zstd, bytes])
@pytest.mark.parametrize("name", ["a.ttl", "a.ttl.gz", "a.TTL.ZST", "a.ttl.bz2"])
def test_compression_is_known_by_content(
    tmp_path: Path, name: str, compress: Callable[[bytes], bytes]
) -> None:
    (tmp_path / name).write_bytes(compress(TRIPLE))
    [file] = open_inputs([tmp_path / name])
    assert (file.text, file.format.name) == (TRIPLE.decode(), "ttl")


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, _zstd])
def test_what_is_cut_or_grows_too_much_is_refused(
    tmp_path: Path, compress: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cut.ttl").write_bytes(compress(os.urandom(1000))[:-9])
    with pytest.raises(RdfError, match=r"cut\.ttl: the compressed data are damaged"):
        read_inputs([tmp_path / "cut.ttl"])
    monkeypatch.setattr(compression, "_ALWAYS_ALLOWED", 1024)
    (tmp_path / "bomb.ttl").write_bytes(compress(b" " * 10_000_000))
    with pytest.raises(RdfError, match=r"bomb\.ttl: it decompresses to more than"):
        read_inputs([tmp_path / "bomb.ttl"])


def test_a_file_that_is_named_twice_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.ttl").write_bytes(BLANK)
    Path("link.ttl").symlink_to("a.ttl")
    Path("hard.ttl").hardlink_to("a.ttl")
    names = ["a.ttl", "./a.ttl", str(tmp_path / "a.ttl"), "link.ttl", "hard.ttl", "*.ttl", "."]
    assert [file.name for file in open_inputs(names)] == ["a.ttl"]


def test_files_with_equal_content_are_different_files(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_bytes(BLANK)
    assert len({quad.subject for quad in read_inputs([tmp_path])}) == 2


def test_a_folder_stands_for_the_rdf_files_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b/c.nt", "a.ttl", "b/d.nt.gz", ".git/e.ttl", "package.json", "README.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(TRIPLE)
    assert [file.name for file in open_inputs(["."])] == ["a.ttl", "b/c.nt", "b/d.nt.gz"]
    assert [file.name for file in open_inputs(["**/*.nt*"])] == ["b/c.nt", "b/d.nt.gz"]
    Path("empty").mkdir()
    with pytest.raises(RdfError, match="holds no RDF file"):
        open_inputs(["empty"])


def test_a_pattern_that_matches_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(RdfError, match=r"\*\.ttl: No such file"):
        open_inputs([tmp_path / "*.ttl"])


def test_a_file_may_have_the_name_of_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "a[1].ttl").write_bytes(TRIPLE)
    assert len(read_inputs([tmp_path / "a[1].ttl"])) == 1


class _Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_standard_input_is_turtle_unless_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(gzip.compress(TRIPLE)))
    [file] = open_inputs(["-", "-"])
    assert (file.name, file.format.name) == ("<stdin>", "ttl")
    monkeypatch.setattr(sys, "stdin", _Stdin(b'{"@id": "http://e/s", "http://e/p": 1}'))
    [file] = open_inputs(["-"], InputOptions("jsonld"))
    assert len(file.quads) == 1


def test_a_pipe_is_read_as_standard_input_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(TRIPLE,))
    writer.start()
    assert len(read_inputs([tmp_path / "pipe"])) == 1
    writer.join()


def test_the_format_that_is_told_wins(tmp_path: Path) -> None:
    (tmp_path / "a.owl").write_bytes(TRIPLE)
    (tmp_path / "b.txt").write_bytes(TRIPLE)
    assert len(read_inputs([tmp_path], InputOptions("ttl"))) == 1
    assert len(read_inputs([tmp_path / "b.txt"], InputOptions("ttl"))) == 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.yaml", "YAML-LD is not read. Convert it to JSON-LD."),
        ("a.html", "HTML is not read. Extract its RDFa or JSON-LD first."),
        ("a.csv", "a table is not read as RDF. Name its folder with --tables."),
        ("a.n4", "It must end in one of .ttl, .turtle, .n3, .jsonld, .json"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, problem: str
) -> None:
    (tmp_path / name).write_bytes(TRIPLE)
    with pytest.raises(RdfError) as caught:
        read_inputs([tmp_path / name])
    assert problem in str(caught.value)


def test_of_notation3_only_what_is_turtle_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.n3").write_bytes(TRIPLE)
    assert len(read_inputs([tmp_path / "a.n3"])) == 1
    (tmp_path / "a.n3").write_bytes(b"{ <http://e/a> <http://e/p> 1 } => { } .")
    with pytest.raises(RdfError, match=r"a\.n3:1: not valid text/turtle"):
        read_inputs([tmp_path / "a.n3"])


@pytest.mark.slow
def test_an_address_is_fetched_only_if_the_network_is_allowed(address: str) -> None:
    with pytest.raises(RdfError, match="addresses are not fetched"):
        read_inputs([address])
    [file] = open_inputs([address], InputOptions(allow_network=True))
    assert (file.name, str(file.quads[0].subject)) == (address, f"<{address}>")
    with pytest.raises(WebError, match="404"):
        read_inputs([f"{address}/none"], InputOptions(allow_network=True))
