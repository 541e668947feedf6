"""The Python code of templates: what Jinja finds out each time that a page is rendered is in the code.

A function gets the arguments that the template gives, and no context; a macro without defaults is a function,
with arguments by position; a subscript is one of Python. In an environment that names its tables, such as
``w`` of the words, a dot after any other name is an attribute of Python.

No filter is applied to a constant, so that the code depends on the text of the template only: the
filters of two environments may have the same names, such as those of two languages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup, escape


class PlainCodeGenerator(CodeGenerator):
    """Writes the code of a template."""

    environment: PlainEnvironment

    def write_commons(self) -> None:
        """Write what each function begins with."""
        super().write_commons()
        self.writeline("escaped = environment.escaped")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 as Jinja
        """Write an attribute, or an entry of a table; the blocks of a template are one as well."""
        tables = self.environment.tables
        if tables is None:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        is_entry = isinstance(node.node, nodes.Name) and node.node.name in ("self", *tables)
        self.write(f"[{node.attr!r}]" if is_entry else f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 as Jinja
        """Write a subscript."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(  # noqa: N802 as Jinja
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Write a call."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Write the end of a macro, which returns Markup whoever calls it."""
        super().return_buffer_contents(frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the name of the function of a macro, unless it needs more than its arguments."""
        is_special = (
            macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        )
        if is_special or macro_ref.node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write("macro")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class PlainEnvironment(Environment):
    """An environment for templates that are kept, which escapes a text once."""

    code_generator_class = PlainCodeGenerator

    def __init__(self, *, tables: Collection[str] | None = None, **settings: Any) -> None:
        """Make an environment whose filters of lists know of no asynchronous ones.

        A dot after the names ``tables`` is an entry, and then no other dot is one.
        """
        self.tables = tables
        super().__init__(**settings)
        self.filters |= {"list": list, "select": self._selected, "reject": self._rejected}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of all templates, which none has of its own; each page copies them."""
        return self.globals if d is None else super().make_globals(d)

    @staticmethod
    def escaped(value: object) -> Markup:
        """Return a value for HTML, as ``escape`` does; most are escaped already, or were before."""
        if type(value) is str:  # and not Markup, which is a kind of text
            return _escaped(value)
        return value if isinstance(value, Markup) else escape(value)

    def _selected(self, items: Iterable[Any], name: str, *values: object) -> list[Any]:
        passes: Any = self.tests[name]
        return [item for item in items if passes(item, *values)]

    def _rejected(self, items: Iterable[Any], name: str, *values: object) -> list[Any]:
        passes: Any = self.tests[name]
        return [item for item in items if not passes(item, *values)]


@lru_cache(16384)
def _escaped(text: str) -> Markup:
    return escape(text)
