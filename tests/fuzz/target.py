"""What is fuzzed: a reader, the texts that it is given, and the errors that it may raise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pariscall.errors import PariscallError


@dataclass(frozen=True)
class Target:
    """A reader of outside text. All that it may do is return, or raise an error of ours."""

    name: str
    texts: st.SearchStrategy[Any]
    read: Callable[[Any], object]
    refusals: tuple[type[Exception], ...] = (PariscallError,)

    def run(self, text: Any) -> None:
        """Read a text.

        Raises:
            Exception: any that the reader has no right to raise.
        """
        try:
            self.read(text)
        except self.refusals as error:
            if not str(error):
                raise AssertionError("the error says nothing") from error
