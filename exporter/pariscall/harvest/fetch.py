"""Fetch a list from the web, if it changed and if it is plausible, or read it from a file."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, RegistryError
from ..io.atomic import write_file
from ..io.http import get
from ..io.progress import Progress, silent
from ..io.request import DEFAULT, DEFAULT_SIZE, Limits
from ..io.response import Answer, RetryableError

_MEDIA_TYPES = ("text/csv", "application/csv", "text/plain")
_CHARSETS = ("", "utf-8", "us-ascii")
_OK, _NOT_MODIFIED = 200, 304


@dataclass(frozen=True)
class Fetched:
    """The content of a source, and whether it is the same as the last time."""

    content: bytes
    is_known: bool


def is_url(source: str) -> bool:
    """Return whether a source is a web address, and not a file."""
    return source.lower().startswith(("http://", "https://"))


def read_source(source: str, kept: Path, progress: Progress = silent) -> bytes:
    """Read a list from a web address or from a file.

    Args:
        source: the address, or the path of the file.
        kept: folder in which the last answer of an address is kept.
        progress: is told that the list did not change.

    Raises:
        WebError: as ``fetch``.
        RegistryError: if the file cannot be read.
    """
    if is_url(source):
        fetched = fetch(source, kept)
        if fetched.is_known:
            progress("the list is the same as the last time")
        return fetched.content
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise RegistryError(f"{source}: {error.strerror}. Nothing was changed.") from None


def fetch(url: str, kept: Path, limits: Limits = DEFAULT) -> Fetched:
    """Fetch a source over HTTP, asking only for what changed since the last time.

    Args:
        url: with the scheme http or https; a redirect from https to http is not followed.
        kept: folder in which the last answer is kept, with its ETag and Last-Modified.
        limits: what the source may take.

    Raises:
        WebError: if there is no whole answer of a plausible kind within the limits.
    """
    last = _Kept(kept, url)

    def headers() -> Mapping[str, str]:
        return {
            "Accept": "text/csv, text/plain;q=0.5",
            "Accept-Encoding": "gzip, identity",
            **last.conditions(),
        }

    def read(answer: Answer) -> Fetched:
        if answer.status == _NOT_MODIFIED and last.content is not None:
            return Fetched(last.content, is_known=True)
        _check(answer)
        content = _body(answer)
        is_known = content == last.content
        last.keep(content, answer.headers)
        return Fetched(content, is_known)

    return get(url, read, headers=headers, limits=limits)


def _check(answer: Answer) -> None:
    if answer.status != _OK:
        raise answer.refuse(f"the server answers {answer.status}, not {_OK}")
    media_type, _, parameters = answer.headers.get("Content-Type", "").partition(";")
    if media_type.strip().lower() not in _MEDIA_TYPES:
        raise answer.refuse(f"the media type is {media_type.strip() or 'not given'}, not text/csv")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in _CHARSETS:
        raise answer.refuse(f"the encoding is {charset}, not UTF-8")
    coding = answer.headers.get("Content-Encoding", "identity")
    if coding not in ("identity", "gzip"):
        raise answer.refuse(f"the content coding is {coding}, not gzip")


def _body(answer: Answer) -> bytes:
    """Read the body, whose size is limited both as sent and as unpacked."""
    if answer.headers.get("Content-Encoding") != "gzip":
        return answer.content()
    content = bytearray()
    for block in _unpacked(answer.blocks, DEFAULT_SIZE):
        content += block
        if len(content) > DEFAULT_SIZE:
            raise answer.refuse(f"the answer is longer than {DEFAULT_SIZE:,} bytes")
    return bytes(content)


def _unpacked(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for block in blocks:
            yield unpacker.decompress(block, size + 1)
    except zlib.error as error:
        raise RetryableError(f"the answer is not gzip: {error}") from None
    if not unpacker.eof and not unpacker.unconsumed_tail:
        raise RetryableError("the answer was cut")


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

    def keep(self, content: bytes, headers: Mapping[str, str]) -> None:
        """Keep an answer; where nothing can be kept, the next one is fetched in full."""
        known = {name: headers[name] for name in ("ETag", "Last-Modified") if name in headers}
        known["sha256"] = hashlib.sha256(content).hexdigest()
        with suppress(OutputError):
            write_file(self._body, content)
            write_file(self._headers, json.dumps(known).encode())
