"""Reading JSON that others wrote: only what has the types that are declared for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from ...errors import ReleaseError, printable, relative
from ...io.bounded import read_bounded
from .checksums import CHECKSUM, FILE_NAME, LONGEST_NAME

T = TypeVar("T")
_LARGEST = 16 * 1024 * 1024  # bytes of the manifest of a release
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


def read_known(path: Path, known: int, what: str, hint: str) -> bytes:
    """Return the content of a manifest, which says of what format it is, or else is of the first.

    Args:
        path: the file.
        known: the latest format that is known.
        what: what the manifest is of.
        hint: what is said of a manifest that is missing.

    Raises:
        ReleaseError: if it is missing, not JSON, or of a later format.
    """
    place = relative(path)
    try:
        content = read_bounded(path, _LARGEST)
    except OSError as error:
        raise ReleaseError(f"{place}: {error.strerror}. {hint}") from None
    check_format(content, known, place, what)
    return content


def check_format(content: bytes, known: int, place: str, what: str) -> None:
    """Check that the content of a manifest is of no later format than the latest that is known.

    Raises:
        ReleaseError: if it is, or is not JSON.
    """
    found = decode(content, _Head, place, "a manifest").format
    if found > known:
        raise ReleaseError(
            f"{place}: the {what} has format {found}, and this version of pariscall knows formats "
            f"up to {known}. Upgrade: pip install --upgrade pariscall."
        )


def check_names(names: Sequence[str], place: str) -> None:
    """Check that a manifest names no file twice.

    Raises:
        ReleaseError: if it does.
    """
    if len(set(names)) < len(names):
        raise ReleaseError(f"{place}: this is not a manifest: it names a file twice.")


@dataclass(frozen=True)
class _Head:
    format: int = 1
