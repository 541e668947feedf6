"""Transfer files from the web into a folder; each is resumed where it broke off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import WebError
from ...io.http import get
from ...io.progress import Progress, silent
from ...io.request import DEFAULT, DEFAULT_SIZE, Limits
from ...io.response import Answer, RetryableError
from .checksums import sha256

_PARTIAL, _NOT_FOUND, _PAST_THE_END = 206, 404, 416
_SLOWEST = 1_000  # bytes a second


@dataclass(frozen=True)
class Transfer:
    """A transfer from an address, with the slash at its end, into a folder.

    ``limits`` is what each file may take, besides a second for each kilobyte; ``progress`` is told
    of each file that was fetched.
    """

    base: str
    folder: Path
    progress: Progress = silent
    limits: Limits = DEFAULT

    def fetch(self, name: str) -> bool:
        """Fetch a small file. Return whether it exists there.

        Raises:
            WebError: if it does not come through.
        """
        try:
            content = get(self.base + name, Answer.content, limits=self.limits)
        except WebError as error:
            if error.status != _NOT_FOUND:
                raise
            return False
        (self.folder / name).write_bytes(content)
        return True

    def fetch_checked(self, name: str, checksum: str, size: int = DEFAULT_SIZE) -> None:
        """Fetch a file of at most ``size`` bytes, unless it is here already.

        One whose checksum differs is fetched once more from its start, and then kept as it is. One
        that is missing there is left out.

        Raises:
            WebError: if it does not come through.
        """
        path = self.folder / name
        if path.is_file() and sha256(path) == checksum:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fetch_file(name, size)
        if path.is_file() and sha256(path) != checksum:
            path.unlink()
            self._fetch_file(name, size)
        if path.is_file() and sha256(path) == checksum:
            self.progress(f"{path.name}: {path.stat().st_size:,} bytes")

    def _fetch_file(self, name: str, size: int) -> None:
        """Fetch what is missing of a file, or nothing if it does not exist there."""
        path = self.folder / name
        try:
            self._fetch_rest(name, size)
        except WebError as error:
            if error.status not in (_PAST_THE_END, _NOT_FOUND):
                raise
            path.unlink(missing_ok=True)
            if error.status == _PAST_THE_END:  # it is as long already, or longer
                self._fetch_rest(name, size)

    def _fetch_rest(self, name: str, size: int) -> None:
        """Fetch the rest of a file, or all of it if the server does not send parts."""
        path = self.folder / name

        def headers() -> Mapping[str, str]:
            there = path.stat().st_size if path.exists() else 0
            return {"Range": f"bytes={there}-"} if there else {}

        def read(answer: Answer) -> None:
            with path.open("ab") as file:
                if answer.status != _PARTIAL or _start(answer) != file.tell():
                    file.seek(0)
                    file.truncate()
                if answer.status == _PARTIAL and file.tell() == 0:
                    raise RetryableError("the server sends another part than it was asked for")
                for block in answer.blocks:
                    if file.tell() + len(block) > size:
                        raise answer.refuse(f"the file is longer than {size:,} bytes")
                    file.write(block)

        limits = replace(self.limits, total=self.limits.total + size / _SLOWEST)
        get(self.base + name, read, headers=headers, size=size, limits=limits)


def _start(answer: Answer) -> int | None:
    """Return where a part begins (RFC 9110, 14.4)."""
    found = re.match(r"bytes ([0-9]+)-", answer.headers.get("Content-Range", ""))
    return int(found[1]) if found else None
