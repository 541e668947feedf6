"""Versions of releases: a date, ``YYYY.MM.DD``, with a number if there are several on a date."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

from ...errors import MisuseError

_VERSION = re.compile(r"([0-9]{4})\.([0-9]{2})\.([0-9]{2})(?:\.([1-9][0-9]*))?")
_SECONDS = re.compile(r"[0-9]{1,11}")  # until the year 5138


def is_version(text: str) -> bool:
    """Return whether a text is a version."""
    return order(text) is not None


def order(text: str) -> tuple[date, int] | None:
    """Return the key by which versions are sorted, or nothing for a text that is not a version."""
    found = _VERSION.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), int(found[4] or 0)
    except ValueError:
        return None


def in_order(texts: list[str]) -> list[str]:
    """Return versions in order, the oldest first, without texts that are not versions."""
    return sorted(filter(is_version, texts), key=lambda text: order(text) or (date.min, 0))


def releases_in(folder: Path) -> list[Path]:
    """Return the releases in a folder, the oldest first."""
    there = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return [folder / version for version in in_order(there)]


def check_version(text: str) -> date:
    """Return the date of a version.

    Raises:
        MisuseError: if it is invalid.
    """
    found = order(text)
    if found is None:
        raise MisuseError(f"{text!r} is not a version. Give a date, as in 2026.11.22.")
    return found[0]


def read_issued(version: str) -> date:
    """Return the date on which a release is issued: that of its version, or ``SOURCE_DATE_EPOCH``.

    Raises:
        MisuseError: if the version is not a calendar version, or the epoch not a number of seconds.
    """
    day = check_version(version)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return _read_epoch(epoch) if epoch else day


def _read_epoch(epoch: str) -> date:
    """Read seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/)."""
    if _SECONDS.fullmatch(epoch):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    raise MisuseError(
        f"SOURCE_DATE_EPOCH is {epoch[:40]!r}. Give seconds since 1970, as in 1795305600."
    )
