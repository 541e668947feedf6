r"""Regular expressions of XPath, which SHACL uses by way of SPARQL, and what they match.

They are translated into those of Oxigraph, which match in linear time. The language is that of
XML Schema (https://www.w3.org/TR/xmlschema11-2/#regexs) with the additions of
https://www.w3.org/TR/xpath-functions-31/#regex-syntax. Beyond it, what Oxigraph knows is kept
(``\u00A0``, ``\b``), and what only Python knows (lookaheads, references back) is left to Python.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property

from pyoxigraph import Literal, QuerySolutions, Store

from ...errors import ShapesError

_START = (
    r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}"
    r"\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}"
    r"\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
_ESCAPES = {
    "i": _START,
    "c": _START + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}",
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
    "w": r"[^\p{P}\p{Z}\p{C}]",
}
# The parts of an expression; inside a class, a range or a single character is one part.
_ESCAPE = r"\\(?:[pP]\{[^}]*\}|[pP].|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|x\{[^}]*\}|.)"
_PART = re.compile(rf"{_ESCAPE}|.", re.DOTALL)
_FLAGS = "smixq"
# A dollar sign, in Python, also goes before a final newline; not in XPath.
_END = re.compile(r"(\\.|\[(?:\\.|[^\]])*\])|\$", re.DOTALL)
_SPACE = " \t\n\r"


class Pattern:
    """A regular expression with its flags, and the texts that it is known to match.

    Raises:
        ShapesError: if the flags are not those of XPath, or nothing can read the expression.
    """

    def __init__(self, pattern: str, flags: str = "") -> None:
        if not set(flags) <= set(_FLAGS):
            raise ShapesError(f"the flags {flags!r} of sh:flags are not all of {_FLAGS!r}.")
        self._given, self._flags = pattern, flags
        self._known: dict[str, bool] = {}
        self._translated = translate(pattern, flags)
        self.is_foreign = not self._is_readable
        if self.is_foreign:
            self._by_python  # noqa: B018

    def matches(self, text: str) -> bool:
        """Return whether the expression matches any part of a text."""
        if text not in self._known:
            self.prepare([text])
        return self._known[text]

    def prepare(self, texts: Iterable[str]) -> None:
        """Match many texts at once, which is faster than one by one."""
        new = dict.fromkeys(text for text in texts if text not in self._known)
        if self.is_foreign:
            self._known |= {text: bool(self._by_python.search(text)) for text in new}
        elif new:
            matching = self._matching(new)
            self._known |= {text: text in matching for text in new}

    @property
    def _is_readable(self) -> bool:
        found = Store().query(f"SELECT ({self._call(Literal(''))} AS ?matches) {{}}")
        return isinstance(found, QuerySolutions) and next(found)["matches"] is not None

    def _matching(self, texts: Collection[str]) -> set[str]:
        rows = " ".join(str(Literal(text)) for text in texts)
        query = f"SELECT ?text {{ VALUES ?text {{ {rows} }} FILTER {self._call('?text')} }}"
        found = Store().query(query)
        if not isinstance(found, QuerySolutions):
            raise TypeError(query)
        return {text.value for (text,) in found if isinstance(text, Literal)}

    def _call(self, text: object) -> str:
        flags = "".join(flag for flag in self._flags if flag in "smi")
        return f"REGEX({text}, {Literal(self._translated)}, {Literal(flags)})"

    @cached_property
    def _by_python(self) -> re.Pattern[str]:
        flags = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE}
        chosen = sum(flags[flag] for flag in self._flags)
        try:
            return re.compile(_for_python(self._given, chosen), chosen)
        except (re.error, RecursionError, OverflowError) as error:
            raise ShapesError(
                f"no engine can judge sh:pattern {self._given!r}: it is not a regular "
                f"expression of XPath ({error})."
            ) from None


def _for_python(pattern: str, flags: int) -> str:
    """Translate references back, with the classes of XPath; other additions stay as they are."""
    from elementpath.regex import RegexError, translate_pattern

    try:
        return translate_pattern(pattern, flags, "1.1")
    except RegexError:
        return pattern if flags & re.MULTILINE else _END.sub(lambda part: part[1] or r"\Z", pattern)


def translate(pattern: str, flags: str = "") -> str:
    """Return a regular expression of XPath as one of Oxigraph, the flags q and x resolved."""
    if "q" in flags:
        return "".join(map(_exactly, pattern))
    written: list[str] = []
    parts = _PART.findall(pattern)
    at = 0
    while at < len(parts):
        if parts[at] == "[":
            group, at = _class(parts, at + 1)
            written.append(group)
            continue
        if not ("x" in flags and parts[at] in _SPACE):
            written.append(_outside(parts[at], flags))
        at += 1
    return "".join(written)


def _outside(part: str, flags: str) -> str:
    if part == "." and "s" not in flags:
        return r"[^\n\r]"
    return _escape(part) if part[0] == "\\" else part


def _escape(part: str) -> str:
    """Translate an escape into a class of its own."""
    name = part[1:2]
    if name.lower() in _ESCAPES:
        return f"[{'^' if name.isupper() else ''}{_ESCAPES[name.lower()]}]"
    if part[1:].startswith(("p{Is", "P{Is")):
        return f"[{'^' if name == 'P' else ''}{_block(part[3:-1])}]"
    return part


def _class(parts: list[str], at: int) -> tuple[str, int]:
    """Translate a class from what follows its bracket; return it and where it ends.

    What is subtracted goes from the class as a whole, negated or not.
    """
    negation = "^" if parts[at : at + 1] == ["^"] else ""
    at += len(negation)
    members: list[str] = []
    while at < len(parts) and (parts[at] != "]" or not members):
        if parts[at : at + 2] == ["-", "["] and members:
            subtracted, at = _class(parts, at + 2)
            at += parts[at : at + 1] == ["]"]
            return f"[[{negation}{''.join(members)}]--{subtracted}]", at
        members.append(_inside(parts[at], parts, at))
        at += 1
    if at >= len(parts):
        raise ShapesError("no engine can judge a sh:pattern whose [ is not closed.")
    return f"[{negation}{''.join(members)}]", at + 1


def _inside(part: str, parts: list[str], at: int) -> str:
    if part[0] == "\\":
        return _escape(part)
    if part == "-":
        before, after = parts[at - 1], parts[at + 1 : at + 2]
        is_range = before not in ("[", "^") and after not in ([], ["]"], ["["])
        return "-" if is_range else r"\-"
    return _exactly(part) if part in "[]^&~-" else part


def _exactly(character: str) -> str:
    return rf"\x{{{ord(character):X}}}"


def _block(name: str) -> str:
    """Return the characters of a Unicode block, such as IsBasicLatin, as the inside of a class."""
    from elementpath.regex import RegexError, unicode_subset

    try:
        characters = unicode_subset(name)
    except RegexError:
        raise ShapesError(f"sh:pattern names {name}, which is not a block of Unicode.") from None
    spans = [
        span if isinstance(span, tuple) else (span, span + 1) for span in characters.codepoints
    ]
    return "".join(rf"\x{{{start:X}}}-\x{{{end - 1:X}}}" for start, end in spans)
