"""Data as scripts: a browser reads a script from a disk too, where it fetches nothing.

Each assigns to one name below ``site``, so that a page need only wait for it to be loaded.
"""

from __future__ import annotations

import json


def script(name: str, value: object) -> bytes:
    """Return a script that gives a value to ``site.NAME``; the same value gives the same bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"(globalThis.site ??= {{}}).{name} = {text};\n".encode()
