"""The files of a folder over HTTP: found by name in a set, sent whole, in part or compressed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from email.utils import parsedate
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ...io.compression import COMPRESSED, compress, is_compressible
from ..routes.negotiation import accepts_gzip

_COMPRESSED_AT_ONCE = 64 * 1024  # bytes: a millisecond
_OF_THE_BYTES = ("content-length", "accept-ranges")
_RANGES = re.compile(r"\s*bytes\s*=\s*(.+)", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})")


class Files:
    """The files of a folder, by the path below it.

    A path is looked up in the set of those that are there, so that no path of a client reaches the
    file system. The set is made again when another folder takes the name. Hidden files and
    symbolic links are not in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: frozenset[str] = frozenset()
        self._seen: object = None

    def __contains__(self, path: str) -> bool:
        """Return whether there is a file with this path."""
        self._look()
        return path in self._known

    def respond(
        self, path: str, request: Request, headers: dict[str, str], status: int = 200
    ) -> Response | None:
        """Return a file that is in the set, or None if it is gone.

        ``headers`` has the Content-Type, and others for the response.
        """
        is_varied = is_compressible(headers["Content-Type"])
        if is_varied:
            headers = {**headers, "Vary": _joined(headers.get("Vary"), "Accept-Encoding")}
        try:
            size = (file := self._folder / path).stat()
            whole = FileResponse(file, status, headers, stat_result=size)
            packed = self._compressed(path, whole) if is_varied and _wants_gzip(request) else None
        except OSError:
            return None
        found = packed or whole
        return _not_modified(request, found) or _in_part(request, found, size.st_size)

    def _compressed(self, path: str, whole: FileResponse) -> Response | None:
        """Return a file compressed: as it was kept, or at once, or not at all if that takes long."""
        headers = {
            name: value for name, value in whole.headers.items() if name not in _OF_THE_BYTES
        } | {
            "content-encoding": "gzip",
            "etag": f'{whole.headers["etag"][:-1]}-gzip"',
        }
        packed = f"{path}{COMPRESSED}"
        if packed in self:
            file = self._folder / packed
            return FileResponse(file, whole.status_code, headers, stat_result=file.stat())
        if int(whole.headers["content-length"]) > _COMPRESSED_AT_ONCE:
            return None
        return Response(compress((self._folder / path).read_bytes()), whole.status_code, headers)

    def _look(self) -> None:
        try:
            stat = self._folder.stat()
        except OSError:
            return  # it is being replaced
        seen = (stat.st_dev, stat.st_ino, stat.st_mtime_ns)
        if seen != self._seen:
            self._known = frozenset(_names(self._folder, ""))
            self._seen = seen


def _names(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _names(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield f"{prefix}{entry.name}"


def _wants_gzip(request: Request) -> bool:
    """Return whether to compress; a part is one of the file as it is (RFC 9110 §14.2)."""
    header = ",".join(request.headers.getlist("accept-encoding"))
    return "range" not in request.headers and accepts_gzip(header)


def _in_part(request: Request, found: Response, size: int) -> Response:
    """Have the response send the valid ranges of a request, and ignore other units and forms."""
    ranges = byte_ranges(request.headers.get("range", ""), size)
    others = [(name, value) for name, value in request.scope["headers"] if name != b"range"]
    if ranges is not None and request.method == "GET":
        others.append((b"range", ranges.encode()))
    request.scope["headers"] = others
    return found


def byte_ranges(header: str, size: int) -> str | None:
    """Return the ranges of a header that a file of this size has, or None to send it whole.

    A unit that is unknown and a range that is invalid are ignored (RFC 9110 §14.2). Ranges of
    which none is in the file are returned as they are, to be refused.
    """
    listed = _RANGES.fullmatch(header)
    parts = [part.strip() for part in listed[1].split(",")] if listed else []
    found = [_RANGE.fullmatch(part) for part in parts if part]
    valid = [match for match in found if match and _is_valid(match)]
    if not valid or len(valid) < len(found):
        return None
    satisfiable = [match for match in valid if _is_inside(match, size)]
    return "bytes=" + ",".join(match[0] for match in satisfiable or valid)


def _is_valid(match: re.Match[str]) -> bool:
    first, last = match[1], match[2]
    return bool(first or last) and not (first and last and int(first) > int(last))


def _is_inside(match: re.Match[str], size: int) -> bool:
    first, last = match[1], match[2]
    return int(first) < size if first else int(last) > 0 < size


def _not_modified(request: Request, whole: Response) -> Response | None:
    """Return the response to a client that has the file already, or None (RFC 9110 §13)."""
    tag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]
    if whole.status_code != 200 or not is_known(request.headers, tag, changed):
        return None
    kept = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Link")
    headers = {name: whole.headers[name] for name in kept if name in whole.headers}
    return Response(status_code=304, headers=headers)


def is_known(headers: Headers, tag: str, changed: str = "") -> bool:
    """Return whether a client has what an entity tag, or else the date of a change, names."""
    tags = ",".join(headers.getlist("if-none-match"))
    if tags:
        known = {known.strip().removeprefix("W/") for known in tags.split(",")}
        return "*" in known or tag in known
    since, last = parsedate(headers.get("if-modified-since", "")), parsedate(changed)
    return bool(since and last and since >= last)


def _joined(*names: str | None) -> str:
    return ", ".join(filter(None, names))
