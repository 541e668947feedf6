"""The cache folder of this user, for what can be made again at any time."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder(name: str) -> Path:
    """Return the folder of one kind of things in the cache; it need not exist.

    It is below ``$XDG_CACHE_HOME``, or ``~/.cache``.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "pariscall" / name
