"""The HTTP client follows no redirect that it should not, and waits no longer than it says."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import requests

from pariscall.errors import WebError
from pariscall.io import response as response_module
from pariscall.io.http import get
from pariscall.io.request import Limits
from pariscall.io.response import Answer, target_of

QUICK = Limits(connect=2, silence=2, total=20, tries=2, pause=0.01, longest_pause=2)


class Odd(BaseHTTPRequestHandler):
    """Answers each path in its own way, and keeps what it was sent."""

    protocol_version = "HTTP/1.1"
    hits: ClassVar[list[str]] = []
    signed: ClassVar[list[str | None]] = []

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def do_GET(self) -> None:
        Odd.hits.append(self.path)
        Odd.signed.append(self.headers["Authorization"])
        try:
            getattr(self, f"answer_{self.path.strip('/').replace('-', '_')}")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int = 200, body: bytes = b"good", **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_good(self) -> None:
        self.send()

    def answer_until_a_date(self) -> None:
        again = formatdate(time.time() + 2, usegmt=True)
        self.send(503, Retry_After=again) if len(Odd.hits) == 1 else self.send()

    def answer_whenever(self) -> None:
        self.send(503, Retry_After="when you like") if len(Odd.hits) == 1 else self.send()

    def answer_endless_redirect(self) -> None:
        self.send(302, b"", Location="/good", Content_Length=str(10**12))
        while True:
            self.wfile.write(bytes(1 << 16))

    def answer_nowhere(self) -> None:
        self.send(302, b"", Location="http://[::1")

    def answer_escapes(self) -> None:
        self.send(404, b"no\x1b[2J", Content_Type="text/plain")

    def answer_trickle(self) -> None:
        self.send(200, b"", Content_Length="1000")
        for _ in range(100):
            self.wfile.write(b"#")
            time.sleep(0.05)


@pytest.fixture
def server() -> Iterator[str]:
    Odd.hits.clear()
    Odd.signed.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def content(url: str, limits: Limits = QUICK) -> bytes:
    return get(url, Answer.content, limits=limits)


@pytest.mark.slow
def test_a_date_to_try_again_at_is_honoured(server: str) -> None:
    start = time.monotonic()
    assert content(f"{server}/until-a-date") == b"good"
    assert 0.5 < time.monotonic() - start < 3


def test_a_pause_that_cannot_be_understood_is_ours(server: str) -> None:
    assert content(f"{server}/whenever") == b"good"


def test_the_body_of_a_redirect_is_not_read(server: str) -> None:
    start = time.monotonic()
    assert content(f"{server}/endless-redirect") == b"good"
    assert time.monotonic() - start < 5


def test_a_redirect_to_no_address_is_one_error(server: str) -> None:
    with pytest.raises(WebError, match="redirects to an invalid address"):
        content(f"{server}/nowhere")


def test_what_a_server_says_does_not_reach_the_terminal_as_it_is(server: str) -> None:
    with pytest.raises(WebError) as refused:
        content(f"{server}/escapes")
    assert str(refused.value).isprintable()
    assert "404 Not Found: no\\u001B[2J" in str(refused.value)


@pytest.mark.parametrize("location", ["http://example.org/", "ftp://example.org/", "//[::1"])
def test_https_never_leads_to_another_scheme(location: str) -> None:
    redirect = requests.Response()
    redirect.url = "https://example.org/x"
    redirect.headers["Location"] = location
    with pytest.raises(WebError):
        target_of("https://example.org/x", redirect, QUICK)
    redirect.headers["Location"] = "//example.com/y"
    assert target_of("https://example.org/x", redirect, QUICK) == "https://example.com/y"


@pytest.mark.slow
def test_an_answer_slower_than_the_lowest_rate_is_given_up(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response_module, "_MINUTE", 0.3)
    with pytest.raises(WebError, match="the answer is slower than 50 bytes"):
        content(f"{server}/trickle", replace(QUICK, slowest=50))


def test_no_netrc_is_read(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("default login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert content(f"{server}/good") == b"good"
    assert Odd.signed == [None]
