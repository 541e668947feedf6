"""Templates that are compiled once: their code is kept by a hash of all that it is made from."""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from .cache import Cache, hash_files

_CACHE = Cache("templates", 300)


class CompiledTemplates(BytecodeCache):
    """The code of templates, in this process, in those that it forks, and in the cache of the user."""

    def __init__(self, settings: str) -> None:
        """Keep the code of an environment whose settings are told apart by a text."""
        self._settings = settings

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find the code of a template, if it was compiled before."""
        key = self._key(bucket)
        code = COMPILED.get(key)
        if code is None and (kept := _CACHE.find(key)) is not None:
            code = COMPILED[key] = marshal.loads(kept)  # noqa: S302 as Python reads its own cache
        bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        key = self._key(bucket)
        if bucket.code is not None:
            COMPILED[key] = bucket.code
            _CACHE.keep(key, marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        made_from = f"{_digest_of_tools()} {self._settings} {bucket.key} {bucket.checksum}"
        return hashlib.sha256(made_from.encode()).hexdigest()


# By a hash of all that it is made from.
COMPILED: dict[str, CodeType] = {}


@cache
def _digest_of_tools() -> str:
    """Return the hash of what compiles templates."""
    digest = hashlib.sha256(f"{sys.version} {jinja2.__version__}".encode())
    names = ("compiled_templates.py", "template_code.py", "templates.py")
    hash_files(digest, [Path(__file__).with_name(name) for name in names])
    return digest.hexdigest()
