"""Where RDF is read from: files, folders, patterns, standard input and, if allowed, addresses."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ..errors import RdfError, relative
from ..io.compression import CompressionError, decompress
from .formats import TURTLE, Format, format_of, format_of_media_type, is_rdf_only

STANDARD_INPUT = "-"
_SHOWN_INPUT = "<stdin>"


@dataclass(frozen=True)
class Source:
    """What was read, before it is decoded and parsed.

    ``name`` is the name to show, ``path`` the file or the path of the address, ``base`` the IRI
    against which relative IRIs are resolved (RFC 3986, 5.1.3), and ``format`` what is known of
    the format: the media type, or that of a pipe, which is Turtle unless it is told.
    """

    name: str
    content: bytes
    path: Path | PurePosixPath
    base: str | None = None
    format: Format | None = None


def expand(names: Iterable[str]) -> list[str]:
    """Return the sources that names stand for, each once, however it is named.

    A folder stands for the RDF files below it, a pattern for what it matches, in order. Files
    are the same if they are on the same device under the same number.

    Raises:
        RdfError: if a folder holds no RDF file.
    """
    once: dict[object, str] = {}
    for name in names:
        for source in _expanded(name):
            once.setdefault(_identity(source), source)
    return list(once.values())


def read_source(name: str, *, allow_network: bool = False) -> Source:
    """Read a source whole, and decompress it.

    Raises:
        RdfError: if it cannot be read.
        WebError: if a server gives no whole answer.
    """
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read()
        source = Source(_SHOWN_INPUT, content, Path(_SHOWN_INPUT), format=TURTLE)
    elif is_address(name):
        source = _fetch(name, allow_network=allow_network)
    else:
        source = read_path(Path(name))
    return _decompressed(source)


def read_path(path: Path) -> Source:
    """Read a file whole, as it is.

    Raises:
        RdfError: if it cannot be read.
    """
    name = relative(path)
    try:
        content = path.read_bytes()
        is_pipe = not stat.S_ISREG(path.stat().st_mode)
    except IsADirectoryError:
        raise RdfError(f"{name}: this is a folder. Name the files in it.") from None
    except OSError as error:
        raise RdfError(f"{name}: {error.strerror}.") from None
    if is_pipe:
        return Source(name, content, path, format=TURTLE)
    return Source(name, content, path, base=path.resolve().as_uri())


def shown_name(name: str) -> str:
    """Return the name of a source as messages show it."""
    if name == STANDARD_INPUT:
        return _SHOWN_INPUT
    return name if is_address(name) else relative(Path(name))


def is_address(name: str) -> bool:
    """Report whether a name is an http(s) address."""
    return urlsplit(name).scheme.lower() in ("http", "https") if "://" in name else False


def _decompressed(source: Source) -> Source:
    try:
        return replace(source, content=decompress(source.content))
    except CompressionError as error:
        raise RdfError(f"{source.name}: {error}.") from None


def _expanded(name: str) -> Sequence[str]:
    if name == STANDARD_INPUT or is_address(name):
        return [name]
    path = Path(name)
    if path.is_dir():
        return _files_below(path)
    if not path.exists() and set(name) & set("*?["):
        matches = glob(name, recursive=True)  # noqa: PTH207 a pattern may be absolute
        found = sorted(match for match in matches if Path(match).is_file())
        return found or [name]
    return [name]


def _files_below(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    found = sorted(str(path) for path in files if is_rdf_only(path))
    if not found:
        raise RdfError(f"{relative(folder)}: the folder holds no RDF file.")
    return found


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _identity(name: str) -> object:
    if name == STANDARD_INPUT or is_address(name):
        return name
    try:
        found = Path(name).stat()
    except OSError:
        return name
    return found.st_dev, found.st_ino


def _fetch(url: str, *, allow_network: bool) -> Source:
    if not allow_network:
        raise RdfError(
            f"{url}: addresses are not fetched. Download it first, or give --allow-network."
        )
    from .download import download

    media_type, content = download(url)
    path = PurePosixPath(urlsplit(url).path)
    known = format_of_media_type(media_type) or format_of(path)
    return Source(url, content, path, base=url, format=known)
