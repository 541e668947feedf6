"""``pariscall update``: a list that vanished, or an answer that is no list, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from support.charter import FIRST, HEADER, contents, rows
from support.command import run_command

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is empty."),
        ("Name,Country,Category\n", "it names nobody, so the list vanished."),
        ("<!DOCTYPE html><title>404</title>", "it is a web page or XML, not a list."),
        ('{"message": "moved"}', "it is JSON, not a list."),
        ("Product,Price\nRope,3\n", "no column has the names"),
        (
            "Name,Country,Category\n" + "\n".join(FIRST[:4]) + "\n",
            "3 of 7 signatories are not on it: most of it may be missing.",
        ),
        (
            "Name\n" + "\n".join(f"{word} Society" for word in ["Art", "Book", "Chess", "Dance"]),
            "7 of 7 signatories are not on it: most of it may be missing.",
        ),
        (
            "Name\n" + "\n".join(f"{letter * 3} {n}" for n, letter in enumerate("BCEFHIJQ")),
            "7 of 7 signatories are not on it: it is another list.",
        ),
        ('Name,Country,Category\n"Port of Koper,SVN', "not CSV"),
    ],
)
def test_a_list_that_vanished_is_told_and_nothing_is_written(
    charter: Path, tmp_path: Path, text: str, problem: str
) -> None:
    before = contents(charter)
    (tmp_path / "newer.csv").write_text(text, encoding="utf-8")
    finished = run_command(charter, ["update", "../newer.csv", "--date", "2026-06-01", "--yes"])
    assert finished.returncode == 3
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert contents(charter) == before


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Serve one answer, whatever is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Last-Modified", "Mon, 01 Jun 2026 08:00:00 GMT")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/list.csv"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (404, b"Not found", "404"),
        (410, b"Gone", "410"),
        (200, b"<html><body>Sign in</body></html>", "it is a web page or XML, not a list."),
        (200, b"", "it is empty."),
    ],
)
def test_a_source_that_answers_with_an_error_or_a_page_changes_nothing(
    charter: Path, status: int, body: bytes, problem: str
) -> None:
    before = contents(charter)
    with answering(status, body) as url:
        finished = run_command(charter, ["update", url, "--yes"])
    assert finished.returncode == 3
    assert problem in finished.stderr
    assert contents(charter) == before


def test_a_list_on_the_web_has_the_day_of_its_answer_and_its_address(charter: Path) -> None:
    text = "\n".join((HEADER, *FIRST[:-1])).encode()
    with answering(200, text) as url:
        finished = run_command(charter, ["update", url, "--yes"])
    assert finished.returncode == 0, finished.stderr
    source = rows(charter / "sources.csv")["list-2026-06-01"]
    assert source["url"] == url
