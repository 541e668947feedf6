"""Compression with gzip; decompression of gzip, bzip2 and Zstandard, bounded in size."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import deflate

from .cache import Cache

COMPRESSED = ".gz"
_LEVEL = 9
_COMPRESSIBLE = re.compile(
    r"text/.*|image/svg\+xml|application/(wasm|javascript|n-triples|(.+\+)?(json|xml))"
)

_MIB = 1024 * 1024
_BLOCK = _MIB
# A cache for large contents, which are few: the many small ones must not push them out.
_LARGE, _SMALL = Cache("compressed", 40), Cache("compressed-small", 500)
# Text compresses 5 to 50 times; what grows more is made to fill the memory.
_MOST_GROWTH = 200
_ALWAYS_ALLOWED = 64 * _MIB
_NEVER_ALLOWED = 1024 * _MIB

_DAMAGES: tuple[type[Exception], ...] = (EOFError, OSError, ValueError, zlib.error)

zstd: Any
try:
    zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    _DAMAGES = (*_DAMAGES, zstd.ZstdError)
except ImportError:  # it was installed without its dependencies
    zstd = None

SUFFIXES = (".gz", ".bz2", ".zst")


class CompressionError(Exception):
    """Compressed data are damaged, too large, or of a kind that cannot be read here."""


def compress(content: bytes, level: int = _LEVEL) -> bytes:
    """Return a content compressed with gzip; the same content and level give the same bytes.

    The zlib of one machine compresses otherwise than that of another; libdeflate comes with us.
    """
    return bytes(deflate.gzip_compress(content, level))


def compress_once(content: bytes) -> bytes:
    """Return what ``compress`` does, from the cache if the same content was compressed before."""
    key = hashlib.sha256(f"{deflate.__version__} {_LEVEL} ".encode() + content).hexdigest()
    cache = _LARGE if len(content) >= _MIB else _SMALL
    return cache.made_once(key, partial(compress, content))


def is_compressible(media_type: str) -> bool:
    """Report whether a media type is of text or code, rather than of what is compressed already."""
    return bool(_COMPRESSIBLE.fullmatch(media_type.partition(";")[0]))


def decompress(content: bytes) -> bytes:
    """Return the bytes that were compressed, or the content itself if it is not compressed.

    Raises:
        CompressionError: if the data are damaged, or larger than 200 times their compressed
            size (but 64 MiB in any case) or than 1 GiB.
    """
    for magic, opened in _OPENERS.items():
        if re.match(magic, content):
            return _read(opened(io.BytesIO(content)), _limit(len(content)))
    return content


def open_decompressed(path: Path) -> BinaryIO:
    """Open a file to be read at any place; one that is compressed is written to a temporary file first.

    Raises:
        CompressionError: if the data are damaged, or larger than 200 times their compressed
            size (but 64 MiB in any case).
        OSError: if the file cannot be read, or there is no room for another.
    """
    file = path.open("rb")
    start = file.read(_LONGEST_MAGIC)
    file.seek(0)
    for magic, opened in _OPENERS.items():
        if re.match(magic, start):
            with file:
                return _spooled(opened(file), path.stat().st_size)
    return file


def _spooled(file: BinaryIO, size: int) -> BinaryIO:
    limit = max(size * _MOST_GROWTH, _ALWAYS_ALLOWED)
    spool: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        spool.writelines(_blocks(file, limit))
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def _limit(size: int) -> int:
    return min(max(size * _MOST_GROWTH, _ALWAYS_ALLOWED), _NEVER_ALLOWED)


def _read(file: BinaryIO, limit: int) -> bytes:
    return b"".join(_blocks(file, limit))


def _blocks(file: BinaryIO, limit: int) -> Iterator[bytes]:
    size = 0
    while block := _next_block(file):
        size += len(block)
        if size > limit:
            raise CompressionError(f"it decompresses to more than {limit // _MIB:,} MiB")
        yield block


def _next_block(file: BinaryIO) -> bytes:
    try:
        return file.read(_BLOCK)
    except _DAMAGES as error:
        raise CompressionError(f"the compressed data are damaged: {error}") from None


def _open_gzip(file: BinaryIO) -> BinaryIO:
    return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]


def _open_bzip2(file: BinaryIO) -> BinaryIO:
    return bz2.BZ2File(file)  # type: ignore[return-value]


def _open_zstandard(file: BinaryIO) -> BinaryIO:
    if zstd is None:
        raise CompressionError("reading Zstandard needs the package backports.zstd")
    return zstd.ZstdFile(file)  # type: ignore[no-any-return]


# RFC 1952 2.3.1; a block of bzip2 begins with the digits of pi, an empty file with those of its
# square root; RFC 8878 3.1.1.
_OPENERS: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    rb"\x1f\x8b\x08": _open_gzip,
    rb"BZh[1-9](\x31\x41\x59\x26\x53\x59|\x17\x72\x45\x38\x50\x90)": _open_bzip2,
    rb"\x28\xb5\x2f\xfd": _open_zstandard,
}
_LONGEST_MAGIC = 10  # bytes
