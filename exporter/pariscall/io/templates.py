"""Templates of pages, in which every value is escaped."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def template_environment(
    folder: str, *, keep_trailing_newline: bool = False, tables: Collection[str] | None = None
) -> Environment:
    """Return the templates of a folder of the package; a name that has no value is an error.

    A dot is an attribute or an entry, as in Jinja. With ``tables``, it is an entry after these names, and
    an attribute after all others, which is quicker.
    """
    from jinja2 import PackageLoader, StrictUndefined

    from .compiled_templates import CompiledTemplates
    from .template_code import PlainEnvironment

    return PlainEnvironment(
        tables=tables,
        loader=PackageLoader("pariscall", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        auto_reload=False,
        optimized=False,  # it would apply filters
        cache_size=-1,  # all that there are
        bytecode_cache=CompiledTemplates(f"{keep_trailing_newline} {tables}"),
    )
