"""Compressed files that are small, and huge once they are unpacked."""

from __future__ import annotations

import bz2
import gzip

_MEGABYTE = bytes(1_000_000)


def gzip_bomb(megabytes: int) -> bytes:
    """Return zeros, compressed; a member for each megabyte, so that it is made in no time."""
    return gzip.compress(_MEGABYTE, mtime=0) * megabytes


def bzip2_bomb(megabytes: int) -> bytes:
    """Return zeros, compressed; a stream for each megabyte, so that it is made in no time."""
    return bz2.compress(_MEGABYTE) * megabytes
