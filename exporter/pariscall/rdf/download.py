"""RDF at an http(s) address, requested in the formats that we read."""

from __future__ import annotations

from ..io.http import get
from ..io.request import Limits
from ..io.response import Answer
from .formats import FORMATS

_ACCEPT = ", ".join(known.media_type for known in FORMATS) + ", */*;q=0.1"
_LARGEST = 256 * 1024 * 1024
_LIMITS = Limits(total=300)


def download(url: str) -> tuple[str, bytes]:
    """Return the media type and the content of an address.

    Raises:
        WebError: if there is no whole answer within 300 seconds and 256 MiB.
    """
    return get(url, _read, headers=lambda: {"Accept": _ACCEPT}, size=_LARGEST, limits=_LIMITS)


def _read(answer: Answer) -> tuple[str, bytes]:
    return answer.headers.get("Content-Type", ""), b"".join(answer.blocks)
