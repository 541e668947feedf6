"""A search index of Pagefind with the same bytes each time.

Pagefind 1.5 writes filters, their values and languages in the order of a hash table, which
changes from run to run. Here they are sorted, and the files renamed after their content. A file is
CBOR (RFC 8949) behind a signature, compressed by gzip.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_MARK = b"pagefind_dcd"
_FILTERS = 3  # position of the list of filters in the metadata of a language


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index by name, in an order that does not change."""
    found = dict(files)
    entry = json.loads(found["pagefind-entry.json"])
    for lang, details in sorted(entry["languages"].items()):
        metadata = _unpack(found.pop(f"pagefind.{details['hash']}.pf_meta"))
        filters = []
        for name, former in metadata[_FILTERS]:
            [_, values] = _unpack(found.pop(f"filter/{former}.pf_filter"))
            content = _pack([name, sorted(values)])
            filters.append([name, _name(lang, content)])
            found[f"filter/{filters[-1][1]}.pf_filter"] = content
        metadata[_FILTERS] = sorted(filters)
        content = _pack(metadata)
        details["hash"] = _name(lang, content)
        found[f"pagefind.{details['hash']}.pf_meta"] = content
    entry["languages"] = dict(sorted(entry["languages"].items()))
    found["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False).encode()
    return dict(sorted(found.items()))


def _unpack(content: bytes) -> Any:
    import cbor2

    return cbor2.loads(gzip.decompress(content).removeprefix(_MARK))


def _pack(value: object) -> bytes:
    import cbor2

    return gzip.compress(_MARK + cbor2.dumps(value), mtime=0)


def _name(lang: str, content: bytes) -> str:
    return f"{lang}_{sha256(content).hexdigest()[:10]}"
