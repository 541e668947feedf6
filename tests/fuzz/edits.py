"""Texts that are nearly right: examples with a few edits, as a strategy of Hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T", str, bytes)

_MOST_EDITS = 6
_LONGEST = 20_000
_ODD = [
    "",
    "\0",
    "\x1b[2J",
    "\n",
    "\r\n",
    "\u2028",
    "\u202e",
    "\ufeff",
    "é",
    "\U0001f600",
    "\udcff",
]


def edited(examples: Sequence[str], tokens: Sequence[str]) -> st.SearchStrategy[str]:
    """Return a strategy for examples in which parts are removed, repeated, moved or replaced.

    What is put in is a token of the language, an odd character or any text.
    """
    pieces = st.sampled_from([*tokens, *_ODD]) | st.text(max_size=8)

    @st.composite
    def draw_text(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from(examples))
        for _ in range(draw(st.integers(0, _MOST_EDITS))):
            text = _edit(draw, text, pieces)[:_LONGEST]
        return text

    return draw_text()


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return a strategy for texts as bytes, some of which are not UTF-8."""
    return texts.map(lambda text: text.encode("utf-8", "surrogateescape"))


def decoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy for texts as they are read from a file in UTF-8."""
    return encoded(texts).map(lambda content: content.decode("utf-8", "replace"))


def _edit(draw: st.DrawFn, text: str, pieces: st.SearchStrategy[str]) -> str:
    start = draw(st.integers(0, len(text)))
    end = min(len(text), start + draw(st.integers(0, 40)))
    part = text[start:end]
    change = draw(st.sampled_from(list(_CHANGES)))
    return (
        text[:start] + _CHANGES[change](part, draw(pieces), draw(st.integers(1, 50))) + text[end:]
    )


_CHANGES: dict[str, Callable[[str, str, int], str]] = {
    "remove": lambda _part, _piece, _times: "",
    "insert": lambda part, piece, _times: piece + part,
    "replace": lambda _part, piece, _times: piece,
    "repeat": lambda part, _piece, times: part * times,
    "repeat the piece": lambda part, piece, times: piece * times + part,
}
