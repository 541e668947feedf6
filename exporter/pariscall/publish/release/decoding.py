"""Reading JSON that others wrote: only what has the types that are declared for it."""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

from ...errors import ReleaseError, printable
from .checksums import CHECKSUM, FILE_NAME, LONGEST_NAME

T = TypeVar("T")
Sha256 = Annotated[str, msgspec.Meta(pattern=rf"\A{CHECKSUM}\Z")]
FileName = Annotated[str, msgspec.Meta(pattern=rf"\A{FILE_NAME}\Z", max_length=LONGEST_NAME)]


def decode(content: bytes, kind: type[T], place: str, what: str) -> T:
    """Decode JSON as an instance of a dataclass; keys that the class does not have are ignored.

    Raises:
        ReleaseError: if the content is not JSON, or has no such value.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReleaseError(f"{place}: this is not {what}: {printable(str(error))}.") from None
