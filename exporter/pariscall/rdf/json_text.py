"""A JSON text as a tree whose values know between which characters they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Span = tuple[int, int]

_TOKEN = re.compile(r'[\s,:]+|("(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+)')


@dataclass
class JsonValue:
    """A JSON value: its text and the offsets of its text; the members of an object have keys.

    Keys may repeat, and numbers are kept as they are written.
    """

    source: str
    span: Span
    members: list[tuple[str, Span, JsonValue]] = field(default_factory=list)
    items: list[JsonValue] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.source[slice(*self.span)]

    @property
    def is_object(self) -> bool:
        """Whether the value is an object."""
        return self.source[self.span[0]] == "{"

    @property
    def content(self) -> Any:
        """The value as Python has it; a number is a string."""
        if self.source[self.span[0]] in "-0123456789":
            return self.text
        return json.loads(self.text)

    @property
    def string(self) -> str | None:
        """The string, or None for anything else."""
        return str(json.loads(self.text)) if self.source[self.span[0]] == '"' else None

    def strings(self) -> list[JsonValue]:
        """Return the strings: the value itself, or the items of an array."""
        return [value for value in (self.items or [self]) if value.string is not None]

    def member(self, name: str) -> JsonValue | None:
        """Return the value of a key, or None."""
        return next((value for key, _, value in self.members if key == name), None)

    def walk(self) -> Iterator[JsonValue]:
        """Yield the value and all values in it, in the order of the text."""
        waiting = [self]
        while waiting:
            value = waiting.pop()
            yield value
            inside = value.items or [member for _, _, member in value.members]
            waiting += reversed(inside)


@lru_cache(maxsize=1)  # a document is looked at twice: for what it drops, and for locations
def read_json(text: str) -> JsonValue:
    """Read a text that is known to be valid JSON, however deep it is nested."""
    root = JsonValue(text, (0, 0))
    around: list[JsonValue] = [root]
    key: tuple[str, Span] | None = None
    for match in _TOKEN.finditer(text):
        if not (token := match[1]):
            continue
        inside = around[-1]
        if token in ("}", "]"):
            inside.span = inside.span[0], match.end()
            around.pop()
        elif key is None and inside is not root and inside.is_object:
            key = json.loads(token), match.span(1)
        else:
            value = JsonValue(text, match.span(1))
            if key:
                inside.members.append((*key, value))
            else:
                inside.items.append(value)
            key = None
            if token in ("{", "["):
                around.append(value)
    return root.items[0]
