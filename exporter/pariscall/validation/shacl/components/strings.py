"""Lengths, patterns and languages (https://www.w3.org/TR/shacl/#core-components-string)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal

from ..check import Check, Context, Maker, Values, Violation, each, number_of, text_of
from ..graph import is_true
from ..regex import Pattern
from ..result import Node, Term
from ..shapes import Shape


def _length(name: str, is_valid: Callable[[int, int], bool]) -> Maker:
    def make(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
        limit = number_of(parameter)

        def has_length(node: Node) -> bool:
            text = text_of(node)
            return text is not None and is_valid(len(text), limit)

        yield each(f"{name}ConstraintComponent", has_length)

    return make


def _pattern(to: Context, shape: Shape, parameter: Term) -> Iterator[Check]:
    flags = "".join(flag.value for flag in shape.all("flags") if isinstance(flag, Literal))
    pattern = Pattern(parameter.value, flags)
    if pattern.is_foreign:
        to.note(f"sh:pattern {parameter} is read by Python, because XPath has no such expression")

    def is_match(node: Node) -> bool:
        text = text_of(node)
        return text is not None and pattern.matches(text)

    def prepare(nodes: Iterable[Node]) -> None:
        pattern.prepare(text for text in map(text_of, nodes) if text is not None)

    yield Check("PatternConstraintComponent", each("", is_match).find, prepare)


def _language_in(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    ranges = [tag.value.lower() for tag in to.graph.items(parameter) if isinstance(tag, Literal)]

    def is_in(node: Node) -> bool:
        language = node.language if isinstance(node, Literal) else None
        return bool(language) and any(_matches(str(language).lower(), tag) for tag in ranges)

    yield each("LanguageInConstraintComponent", is_in)


def _matches(language: str, basic_range: str) -> bool:
    """Return what the function langMatches of SPARQL returns (RFC 4647, section 3.3.1)."""
    return basic_range == "*" or f"{language}-".startswith(f"{basic_range}-")


def _unique_lang(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    def repeated(_: Node, values: Values) -> list[Violation]:
        """Return a violation for each language that two values have."""
        if len(values) < 2:
            return []
        languages = Counter(
            node.language.lower() for node in values if isinstance(node, Literal) and node.language
        )
        return [Violation() for number in languages.values() if number > 1]

    if is_true([parameter]):
        yield Check("UniqueLangConstraintComponent", repeated)


MAKERS: dict[str, Maker] = {
    "minLength": _length("MinLength", lambda length, limit: length >= limit),
    "maxLength": _length("MaxLength", lambda length, limit: length <= limit),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
}
