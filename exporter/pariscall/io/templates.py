"""Templates of pages, in which every value is escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def template_environment(folder: str, *, keep_trailing_newline: bool = False) -> Environment:
    """Return the templates of a folder of the package; a name that has no value is an error.

    Functions that they call get no context of the template: that is a third of the time of a page.
    """
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.runtime import Context

    from .compiled_templates import CompiledTemplates, PlainEnvironment

    class DirectContext(Context):
        def call(
            self,
            called: Callable[..., Any],
            /,
            *args: Any,
            _block_vars: object = None,
            _loop_vars: object = None,
            **named: Any,
        ) -> Any:
            return called(*args, **named)

    environment = PlainEnvironment(
        loader=PackageLoader("pariscall", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        auto_reload=False,
        optimized=False,  # it would apply filters
        bytecode_cache=CompiledTemplates(f"{keep_trailing_newline}"),
    )
    environment.context_class = DirectContext
    return environment
