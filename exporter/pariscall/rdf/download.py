"""RDF at an http(s) address, asked for in the formats that we read."""

from __future__ import annotations

from ..io.http import Answer, Limits, ask
from .formats import FORMATS

_ACCEPT = ", ".join(known.media_type for known in FORMATS) + ", */*;q=0.1"
_LIMITS = Limits(total=300, size=256 * 1024 * 1024)


def download(url: str) -> tuple[str, bytes]:
    """Return the media type and the content of an address.

    Raises:
        WebError: if there is no whole answer within 300 seconds and 256 MiB.
    """
    return ask(url, lambda: {"Accept": _ACCEPT, "Accept-Encoding": "identity"}, _read, _LIMITS)


def _read(answer: Answer) -> tuple[str, bytes]:
    content = bytearray()
    for block in answer.blocks:
        content += block
        if len(content) > _LIMITS.size:
            raise answer.refuse(f"the answer is longer than {_LIMITS.size:,} bytes")
    return answer.headers.get("Content-Type", ""), bytes(content)
