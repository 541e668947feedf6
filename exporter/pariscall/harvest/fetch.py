"""Fetching a source from the web, so that only a whole and plausible answer comes through.

``requests`` accepts a compressed body that was cut, a server that sends a byte now and then, any
media type and a wait of hours before the next try. Here each of these fails, and says why.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
import urllib3

from .. import __version__
from ..errors import RegistryError

_MEDIA_TYPES = ("text/csv", "application/csv", "text/plain")
_CHARSETS = ("", "utf-8", "us-ascii")
_BLOCK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """What a source may take: seconds, bytes, and how often it is tried again."""

    connect: float = 10
    total: float = 60
    size: int = 16 * 1024 * 1024
    tries: int = 3
    pause: float = 1  # before the second try, twice as long before each further one
    longest_pause: float = 20


@dataclass(frozen=True)
class Fetched:
    """The content of a source, and whether it is the same as the last time."""

    content: bytes
    is_known: bool


class _AgainError(Exception):
    """A failure that may pass: try again, after the pause that the server asks for if any."""

    def __init__(self, problem: str, pause: float | None = None) -> None:
        super().__init__(problem)
        self.pause = pause


def fetch(url: str, kept: Path, limits: Limits = Limits()) -> Fetched:
    """Fetch a source over HTTP, asking only for what changed since the last time.

    Args:
        url: with the scheme http or https; a redirect from https to http is not followed.
        kept: folder in which the last answer is kept, with its ETag and Last-Modified.
        limits: what the source may take.

    Raises:
        RegistryError: if there is no whole answer of a plausible kind within the limits.
    """
    outcome: list[Fetched | Exception] = []

    def work() -> None:
        try:
            outcome.append(_fetch(url, _Kept(kept, url), limits))
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised below
            outcome.append(error)

    # A server that sends a byte now and then never runs into a timeout of its own.
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(limits.total)
    if not outcome:
        raise RegistryError(_spell(url, f"no whole answer within {limits.total:g} seconds"))
    [found] = outcome
    if isinstance(found, Exception):
        raise found
    return found


def _fetch(url: str, kept: _Kept, limits: Limits) -> Fetched:
    pause = limits.pause
    for left in reversed(range(limits.tries)):
        try:
            with requests.Session() as session:
                session.max_redirects = 5
                return _try(session, url, kept, limits)
        except requests.TooManyRedirects:
            raise RegistryError(_spell(url, "it redirects more than 5 times")) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise RegistryError(_spell(url, f"it cannot be fetched: {error}")) from None
        except (_AgainError, requests.RequestException, urllib3.exceptions.HTTPError) as error:
            if not left:
                problem = str(error) if isinstance(error, _AgainError) else _reason(error)
                times = f" ({limits.tries} tries)" if limits.tries > 1 else ""
                raise RegistryError(_spell(url, problem + times)) from None
            asked = error.pause if isinstance(error, _AgainError) else None
            time.sleep(min(asked if asked is not None else pause, limits.longest_pause))
            pause *= 2
    raise AssertionError("the last try returns or raises")


def _try(session: requests.Session, url: str, kept: _Kept, limits: Limits) -> Fetched:
    headers = {
        "User-Agent": f"pariscall/{__version__}",
        "Accept": "text/csv, text/plain;q=0.5",
        "Accept-Encoding": "gzip, identity",
        **kept.conditions(),
    }
    timeout = (limits.connect, limits.connect)
    with session.get(url, headers=headers, timeout=timeout, stream=True) as response:
        _check_redirects(url, response)
        if response.status_code == requests.codes.not_modified and kept.content is not None:
            return Fetched(kept.content, is_known=True)
        _check_status(url, response)
        _check_headers(url, response)
        content = _body(url, response, limits)
        is_known = content == kept.content
        kept.keep(content, response.headers)
        return Fetched(content, is_known)


def _check_redirects(url: str, response: requests.Response) -> None:
    hops = [*response.history, response]
    schemes = [str(hop.url).partition(":")[0] for hop in hops]
    if "https" in schemes and "http" in schemes[schemes.index("https") :]:
        raise RegistryError(_spell(url, f"it redirects from https to {response.url}"))


def _check_status(url: str, response: requests.Response) -> None:
    status = response.status_code
    if status == requests.codes.too_many_requests or status >= requests.codes.server_error:
        asked = response.headers.get("Retry-After", "")
        raise _AgainError(
            f"the server answers {status} {response.reason}",
            float(asked) if asked.isdecimal() else None,
        )
    if status != requests.codes.ok:
        raise RegistryError(_spell(url, f"the server answers {status} {response.reason}"))


def _check_headers(url: str, response: requests.Response) -> None:
    media_type, _, parameters = response.headers.get("Content-Type", "").partition(";")
    if media_type.strip().lower() not in _MEDIA_TYPES:
        problem = f"the media type is {media_type.strip() or 'not given'}, not text/csv"
        raise RegistryError(_spell(url, problem))
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in _CHARSETS:
        raise RegistryError(_spell(url, f"the encoding is {charset}, not UTF-8"))
    if response.headers.get("Content-Encoding", "identity") not in ("identity", "gzip"):
        problem = f"the content coding is {response.headers['Content-Encoding']}, not gzip"
        raise RegistryError(_spell(url, problem))
    chunked = response.headers.get("Transfer-Encoding", "").lower() == "chunked"
    if not chunked and not response.headers.get("Content-Length", "").isdecimal():
        problem = "the server does not say how long the answer is, so a cut one could not be told"
        raise RegistryError(_spell(url, problem))


def _body(url: str, response: requests.Response, limits: Limits) -> bytes:
    """Read the body, of which both the sent and the unpacked size are limited."""
    blocks = response.raw.stream(_BLOCK, decode_content=False)
    if response.headers.get("Content-Encoding") == "gzip":
        blocks = _unpacked(blocks, limits.size)
    content = bytearray()
    for block in blocks:
        content += block
        if len(content) > limits.size:
            raise RegistryError(_spell(url, f"the answer is longer than {limits.size:,} bytes"))
    return bytes(content)


def _unpacked(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for block in blocks:
            yield unpacker.decompress(block, size + 1)
    except zlib.error as error:
        raise _AgainError(f"the answer is not gzip: {error}") from None
    if not unpacker.eof and not unpacker.unconsumed_tail:
        raise _AgainError("the answer was cut")


class _Kept:
    """The last answer of a source, with what the server needs to tell whether it changed."""

    def __init__(self, folder: Path, url: str) -> None:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        self._body = folder / f"{name}.body"
        self._headers = folder / f"{name}.json"
        self.content: bytes | None = None
        self._known: dict[str, str] = {}
        try:
            known = json.loads(self._headers.read_text(encoding="utf-8"))
            content = self._body.read_bytes()
        except (OSError, ValueError):
            return
        if known.get("sha256") == hashlib.sha256(content).hexdigest():
            self.content, self._known = content, known

    def conditions(self) -> dict[str, str]:
        """Ask for the source only if it changed."""
        names = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        return {names[name]: self._known[name] for name in names if name in self._known}

    def keep(self, content: bytes, headers: requests.structures.CaseInsensitiveDict[str]) -> None:
        """Keep an answer; where nothing can be kept, the next one is fetched in full."""
        known = {name: headers[name] for name in ("ETag", "Last-Modified") if name in headers}
        known["sha256"] = hashlib.sha256(content).hexdigest()
        try:
            self._body.parent.mkdir(parents=True, exist_ok=True)
            for path, data in (
                (self._body, content),
                (self._headers, json.dumps(known).encode()),
            ):
                partial = path.with_suffix(f".{os.getpid()}")
                partial.write_bytes(data)
                partial.replace(path)
        except OSError:
            return


def _reason(error: Exception) -> str:
    text = str(error)
    if "IncompleteRead" in text or "InvalidChunkLength" in text:
        return "the answer was cut"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "the server does not answer"
    if isinstance(error, requests.ConnectionError):
        return "the server cannot be reached"
    return f"it cannot be fetched: {text}"


def _spell(url: str, problem: str) -> str:
    return f"{url}: {problem}. Nothing was changed."
