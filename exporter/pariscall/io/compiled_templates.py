"""Templates that are compiled once: their code is kept by a hash of all that it is made from."""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import Environment, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from .cache import Cache, hash_files

_CACHE = Cache("templates", 300)


class PlainCodeGenerator(CodeGenerator):
    """Writes code in which no filter was applied, so that it depends on the text of the template only.

    The filters of two environments may have the same names, such as those of two languages.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class PlainEnvironment(Environment):
    """An environment for templates that are kept, which escapes a text once."""

    code_generator_class = PlainCodeGenerator

    @staticmethod
    def escaped(value: object) -> Markup:
        """Return a value for HTML, as ``escape`` does; most are escaped already, or were before."""
        if type(value) is str:  # and not Markup, which is a kind of text
            return _escaped(value)
        return value if isinstance(value, Markup) else escape(value)


@lru_cache(16384)
def _escaped(text: str) -> Markup:
    return escape(text)


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
    """Return the hash of what compiles templates; ``templates.py`` has the settings that all have."""
    digest = hashlib.sha256(f"{sys.version} {jinja2.__version__}".encode())
    hash_files(digest, [Path(__file__), Path(__file__).with_name("templates.py")])
    return digest.hexdigest()
