"""A source that fails in any way changes nothing: only whole and plausible answers come through.

The server is a real one on loopback that misbehaves as the path of the request says.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pariscall.errors import WebError
from pariscall.harvest.fetch import fetch
from pariscall.io.request import Limits

LIST = b"name,category\n" + b'"Acme","private-sector"\n' * 200
QUICK = Limits(connect=2, total=5, tries=2, pause=0.01, longest_pause=0.05)


class Misbehaving(BaseHTTPRequestHandler):
    """Answers each path in its own way, and counts the requests."""

    protocol_version = "HTTP/1.1"
    hits: ClassVar[dict[str, int]] = {}

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def do_GET(self) -> None:
        """Do as the path says."""
        name = self.path.strip("/").replace("-", "_")
        Misbehaving.hits[name] = Misbehaving.hits.get(name, 0) + 1
        try:
            getattr(self, f"answer_{name}")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, body: bytes = LIST, status: int = 200, **headers: str) -> None:
        """Send an answer; a header given as ``Content_Length="x"`` replaces the right one."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"Content-Type": "text/csv", "Content-Length": str(len(body))} | named
        self.send_response(status)
        for header, value in named.items():
            if value:
                self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def cut(self) -> None:
        """Close the connection after the answer."""
        self.close_connection = True

    def answer_good(self) -> None:
        self.send()

    def answer_good_gzip(self) -> None:
        self.send(gzip.compress(LIST), Content_Encoding="gzip")

    def answer_good_chunked(self) -> None:
        self.send(b"", Content_Length="", Transfer_Encoding="chunked")
        for block in (LIST[:100], LIST[100:], b""):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(block), block))

    def answer_once_503(self) -> None:
        if Misbehaving.hits["once_503"] == 1:
            self.send(b"busy", 503)
        else:
            self.send()

    def answer_always_503(self) -> None:
        self.send(b"busy", 503)

    def answer_wait_for_hours(self) -> None:
        self.send(b"busy", 429, Retry_After="20000")

    def answer_not_found(self) -> None:
        self.send(b"no", 404)

    def answer_partial(self) -> None:
        self.send(LIST, 206)

    def answer_short_body(self) -> None:
        self.send(LIST[:50], Content_Length=str(len(LIST)))
        self.cut()

    def answer_cut_chunks(self) -> None:
        self.send(b"", Content_Length="", Transfer_Encoding="chunked")
        self.wfile.write(b"ff\r\nname")
        self.cut()

    def answer_no_length(self) -> None:
        self.send(LIST[:50], Content_Length="")
        self.cut()

    def answer_cut_gzip(self) -> None:
        self.send(gzip.compress(LIST)[:-20], Content_Encoding="gzip")

    def answer_broken_gzip(self) -> None:
        body = bytearray(gzip.compress(LIST))
        body[-6] ^= 0xFF
        self.send(bytes(body), Content_Encoding="gzip")

    def answer_gzip_bomb(self) -> None:
        self.send(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def answer_endless(self) -> None:
        self.send(b"", Content_Length="", Transfer_Encoding="chunked")
        while True:
            self.wfile.write(b"10000\r\n%b\r\n" % bytes(0x10000))

    def answer_brotli(self) -> None:
        self.send(LIST, Content_Encoding="br")

    def answer_html(self) -> None:
        self.send(b"<html>Maintenance</html>", Content_Type="text/html")

    def answer_untyped(self) -> None:
        self.send(LIST, Content_Type="")

    def answer_latin(self) -> None:
        self.send(LIST, Content_Type="text/csv; charset=ISO-8859-1")

    def answer_loop(self) -> None:
        self.send(b"", 302, Location="/loop")

    def answer_moved(self) -> None:
        self.send(b"", 301, Location="/good")

    def answer_to_a_file(self) -> None:
        self.send(b"", 302, Location="file:///etc/passwd")

    def answer_drip(self) -> None:
        self.send(b"", Content_Length=str(len(LIST)))
        for byte in LIST:
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)

    def answer_dripping_headers(self) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n" * 20:
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)

    def answer_versioned(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.send(b"", 304, ETag='"v1"')
        else:
            self.send(ETag='"v1"')

    def answer_dated(self) -> None:
        day = "Fri, 19 Jan 2024 12:00:00 GMT"
        self.send(b"", 304) if self.headers.get("If-Modified-Since") == day else self.send(
            Last_Modified=day
        )

    def answer_always_304(self) -> None:
        self.send(b"", 304)


@pytest.fixture
def server() -> Iterator[str]:
    Misbehaving.hits.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize("path", ["good", "good-gzip", "good-chunked", "once-503", "moved"])
def test_a_whole_answer_comes_through(server: str, tmp_path: Path, path: str) -> None:
    assert fetch(f"{server}/{path}", tmp_path, QUICK).content == LIST


@pytest.mark.parametrize(
    ("path", "problem", "tries"),
    [
        ("always-503", "the server answers 503 Service Unavailable (2 tries)", 2),
        ("wait-for-hours", "the server answers 429 Too Many Requests (2 tries)", 2),
        ("not-found", "the server answers 404 Not Found", 1),
        ("partial", "the server answers 206, not 200", 1),
        ("short-body", "the answer was cut (2 tries)", 2),
        ("cut-chunks", "the answer was cut (2 tries)", 2),
        ("no-length", "the server does not say how long the answer is", 1),
        ("cut-gzip", "the answer was cut (2 tries)", 2),
        ("broken-gzip", "the answer is not gzip", 2),
        ("gzip-bomb", "the answer is longer than 16,777,216 bytes", 1),
        ("endless", "the answer is longer than 16,777,216 bytes", 1),
        ("brotli", "the content coding is br, not gzip", 1),
        ("html", "the media type is text/html, not text/csv", 1),
        ("untyped", "the media type is not given, not text/csv", 1),
        ("latin", "the encoding is iso-8859-1, not UTF-8", 1),
        ("loop", "it redirects more than 5 times", 6),
        ("to-a-file", "it cannot be fetched: ", 1),
        ("always-304", "the server answers 304, not 200", 1),
    ],
)
def test_any_other_answer_is_refused_and_nothing_is_kept(
    server: str, tmp_path: Path, path: str, problem: str, tries: int
) -> None:
    with pytest.raises(WebError) as caught:
        fetch(f"{server}/{path}", tmp_path, QUICK)
    assert str(caught.value).startswith(f"{server}/{path}: {problem}")
    assert Misbehaving.hits[path.replace("-", "_")] == tries
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", ["drip", "dripping-headers"])
def test_a_slow_answer_ends_at_the_deadline(server: str, tmp_path: Path, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(WebError, match=r"no whole answer within 1 seconds"):
        fetch(f"{server}/{path}", tmp_path, replace(QUICK, total=1))
    assert time.monotonic() - start < QUICK.total


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(WebError, match="the server cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", tmp_path, QUICK)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "http://", "http://[::1"])
def test_what_is_no_web_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(WebError, match="it cannot be fetched"):
        fetch(url, tmp_path, QUICK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["versioned", "dated"])
def test_what_did_not_change_is_not_sent_again(server: str, tmp_path: Path, path: str) -> None:
    first = fetch(f"{server}/{path}", tmp_path, QUICK)
    second = fetch(f"{server}/{path}", tmp_path, QUICK)
    assert (first.content, first.is_known) == (LIST, False)
    assert (second.content, second.is_known) == (LIST, True)


def test_the_same_answer_without_a_version_is_known_too(server: str, tmp_path: Path) -> None:
    assert not fetch(f"{server}/good", tmp_path, QUICK).is_known
    assert fetch(f"{server}/good", tmp_path, QUICK).is_known


@pytest.mark.parametrize("fault", ["body", "json"])
def test_a_damaged_copy_is_not_used(server: str, tmp_path: Path, fault: str) -> None:
    fetch(f"{server}/versioned", tmp_path, QUICK)
    [damaged] = tmp_path.glob(f"*.{fault}")
    damaged.write_bytes(b"damaged")
    fetched = fetch(f"{server}/versioned", tmp_path, QUICK)
    assert (fetched.content, fetched.is_known) == (LIST, False)


def test_a_copy_says_what_it_is_of(server: str, tmp_path: Path) -> None:
    fetch(f"{server}/versioned", tmp_path, QUICK)
    [headers] = tmp_path.glob("*.json")
    known = json.loads(headers.read_text(encoding="utf-8"))
    assert known == {"ETag": '"v1"', "sha256": hashlib.sha256(LIST).hexdigest()}


def test_where_nothing_can_be_kept_the_answer_comes_through(server: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert fetch(f"{server}/versioned", tmp_path / "file" / "folder", QUICK).content == LIST
