"""Downloading a release: each file resumed where it broke off, and held against its checksum."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from ...errors import ReleaseError, WebError
from ...io.http import get
from ...io.progress import Progress, silent
from ...io.request import DEFAULT, Limits
from ...io.response import Answer, RetryableError
from .manifest import SUMS, file_names, read_sums, sha256
from .signature import SIGNATURE

_PARTIAL, _NOT_FOUND, _PAST_THE_END = 206, 404, 416
_LARGEST = 2 * 1024**3
_SLOWEST = 20_000  # bytes a second, on average
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")

LIMITS = Limits(total=_LARGEST / _SLOWEST)


def fetch(url: str, limits: Limits = DEFAULT) -> bytes:
    """Fetch a small file.

    Raises:
        WebError: if there is no whole answer within the limits.
    """
    return get(url, Answer.content, limits=limits)


def download(
    base: str,
    folder: Path,
    progress: Progress = silent,
    *,
    sums: str = "",
    limits: Limits = LIMITS,
) -> None:
    """Download a release into a folder, where an earlier download may have broken off.

    A file that does not have the checksum it should have is fetched once more from its start, and
    then kept as it is: to judge the release is for ``verify``.

    Args:
        base: the address of the release, with the slash at its end.
        folder: where to; it is made if it is not there.
        progress: is told of each file that was fetched.
        sums: the SHA-256 that ``SHA256SUMS`` must have, if it is known.
        limits: what each file may take.

    Raises:
        ReleaseError: if there is no release at the address, or not the one that was named.
        WebError: if a file does not come through; a missing one is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = _fetch_sums(base, limits)
    if sums and hashlib.sha256(content).hexdigest() != sums:
        raise ReleaseError(f"{base}{SUMS}: its SHA-256 is not that of the index of releases.")
    (folder / SUMS).write_bytes(content)
    files = read_sums(folder)
    for name in set(file_names(folder)) - files.keys() - {SUMS}:
        (folder / name).unlink()  # of another state of this release
    for name, checksum in files.items():
        if not _NAME.fullmatch(name):
            raise ReleaseError(f"{base}{SUMS}: {name!r} is not the name of a file in a release.")
        path = folder / name
        if path.is_file() and sha256(path) == checksum:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        _fetch_checked(base + name, path, checksum, progress, limits)
    _fetch_signature(base, folder, limits)


def _fetch_sums(base: str, limits: Limits) -> bytes:
    try:
        return fetch(base + SUMS, limits)
    except WebError as error:
        if error.status == _NOT_FOUND:
            raise ReleaseError(f"{base}: there is no release here, for it has no {SUMS}.") from None
        raise


def _fetch_signature(base: str, folder: Path, limits: Limits) -> None:
    """Fetch the signature, which a release need not have."""
    try:
        content = fetch(base + SIGNATURE, limits)
    except WebError as error:
        if error.status != _NOT_FOUND:
            raise
    else:
        (folder / SIGNATURE).write_bytes(content)


def _fetch_checked(url: str, path: Path, checksum: str, progress: Progress, limits: Limits) -> None:
    for is_last in (False, True):
        try:
            _fetch_file(url, path, limits)
        except WebError as error:
            if error.status != _NOT_FOUND:
                raise
            path.unlink(missing_ok=True)
            return
        if sha256(path) == checksum:
            progress(f"{path.name}: {path.stat().st_size:,} bytes")
            return
        if not is_last:
            path.unlink()


def _fetch_file(url: str, path: Path, limits: Limits) -> None:
    """Fetch the rest of a file, or all of it if the server does not give parts."""

    def headers() -> Mapping[str, str]:
        there = path.stat().st_size if path.exists() else 0
        return {"Range": f"bytes={there}-"} if there else {}

    def read(answer: Answer) -> None:
        with path.open("ab") as file:
            if answer.status != _PARTIAL or _start(answer) != file.tell():
                file.seek(0)
                file.truncate()
            if answer.status == _PARTIAL and file.tell() == 0:
                raise RetryableError("the server gives another part than it was asked for")
            for block in answer.blocks:
                file.write(block)

    try:
        get(url, read, headers=headers, size=_LARGEST, limits=limits)
    except WebError as error:
        if error.status != _PAST_THE_END:
            raise
        path.unlink()  # it is as long already, or longer
        get(url, read, headers=headers, size=_LARGEST, limits=limits)


def _start(answer: Answer) -> int | None:
    """Tell where a part begins (RFC 9110, 14.4)."""
    found = re.match(r"bytes ([0-9]+)-", answer.headers.get("Content-Range", ""))
    return int(found[1]) if found else None
