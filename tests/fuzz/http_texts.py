"""What clients ask our server for, and what servers answer our client."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import requests
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.types import Message
from urllib3 import HTTPResponse

from pariscall.errors import PariscallError
from pariscall.io.request import DEFAULT, Request
from pariscall.io.response import RetryableError, check_length, check_status, target_of
from pariscall.web.endpoint.pages import Documents
from pariscall.web.routes.negotiation import choose, rate_language

from .edits import edited
from .target import Target

_ACCEPT = [
    "text/turtle;q=0.9, text/*;q=0.1,*/*;q=0",
    "application/ld+json; profile=x",
    "en-GB,fr;q=.5",
]
_RANGE = ["bytes=0-4", "bytes=-1", "bytes=2-", "bytes=0-1,3-4,2-3", "lines=1-2"]
_FILE = "x.ttl"


def negotiate(accept: str) -> None:
    """Choose a format and a language."""
    choose(accept, ["text/turtle", "text/html"])
    assert 0 <= rate_language(accept, "fr") <= 1


def ask_for_part(header: str) -> None:
    """Ask the server for a part of a file."""
    status = asyncio.run(_get({"range": header, "accept": header}))
    assert status < 500


async def _get(headers: Mapping[str, str]) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    given = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/{_FILE}",
        "root_path": "",
        "headers": given,
        "query_string": b"",
        "scheme": "http",
        "server": ("localhost", 80),
    }
    try:
        await _documents()(scope, receive, send)
    except HTTPException as error:
        return error.status_code
    return int(sent[0]["status"])


def _documents() -> Documents:
    if not _served:
        folder = Path(mkdtemp())
        (folder / _FILE).write_bytes(b"<http://e/a> <http://e/b> 'c' .\n")
        _served.append(Documents(folder))
    return _served[0]


_served: list[Documents] = []


def read_answer(headers: Mapping[str, str]) -> None:
    """Look at the headers of an answer as the client does."""
    response = requests.Response()
    response.url, response.status_code = "https://example.org/x", 503
    response.headers.update(headers)
    response.raw = HTTPResponse(headers={"Retry-After": headers["Retry-After"]}, status=503)
    for look in (
        lambda: target_of("https://example.org/x", response, DEFAULT),
        lambda: check_length(Request("https://example.org/x"), response),
        lambda: check_status("https://example.org/x", response),
    ):
        try:
            look()
        except (PariscallError, RetryableError):
            continue


_HEADERS = st.fixed_dictionaries(
    {
        "Location": edited(["http://example.org/y", "//[::1]:80/", "../z?q#f"], [*":/[]@%\\"]),
        "Content-Length": edited(["10", "-1"], ["0", "e", ","]),
        "Retry-After": edited(["120", "Wed, 21 Oct 2026 07:28:00 GMT"], ["9" * 400, "-", ","]),
    }
)
TARGETS = [
    Target("http: Accept", edited(_ACCEPT, [*",;=*/.-", "q=", "q=9", "*/*"]), negotiate),
    Target("http: Range", edited(_RANGE, [*"-,=", "bytes=", "9" * 30]), ask_for_part),
    Target("http: answers", _HEADERS, read_answer),
]
