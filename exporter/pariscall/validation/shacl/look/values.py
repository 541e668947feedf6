"""Constraints on single values: whether the text of a value conforms.

What is compared by value, and what XPath must match, is asked of the functions of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from pyoxigraph import Literal

from ....rdf.lexical import ill_typed
from ....rdf.namespaces import RDF, SH, XSD
from ..check import iri_of, number_of
from ..graph import is_true
from ..ordering import is_before
from ..result import Term
from ..shapes import Shape, ShapesGraph
from .paths import InexpressibleError
from .patterns import matcher
from .terms import content_of, is_blank, is_iri, is_literal, language_of, read_term, spell

ValueTest = Callable[[str], bool]
Maker = Callable[[ShapesGraph, Shape, Term], ValueTest | None]

_KEPT = 4096
_KINDS: Mapping[str, Callable[[str], bool]] = {
    "IRI": is_iri,
    "BlankNode": is_blank,
    "Literal": is_literal,
    "BlankNodeOrIRI": lambda text: is_blank(text) or is_iri(text),
    "BlankNodeOrLiteral": lambda text: is_blank(text) or is_literal(text),
    "IRIOrLiteral": lambda text: is_iri(text) or is_literal(text),
}


def _node_kind(_graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest:
    kind = _KINDS.get(iri_of(parameter).removeprefix(SH))
    if kind is None:
        raise InexpressibleError(f"the node kind {parameter}")
    return kind


def _datatype(_graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest:
    datatype = iri_of(parameter)
    if datatype == XSD + "string":
        return lambda text: text[0] == '"' and text[-1] == '"'
    if datatype == RDF + "langString":
        return lambda text: bool(language_of(text)) and "--" not in text[text.rindex('"') :]

    @lru_cache(_KEPT)
    def has_datatype(text: str) -> bool:
        term = read_term(text)
        return isinstance(term, Literal) and term.datatype == parameter and not ill_typed([term])

    return has_datatype


def _bound(*, is_least: bool, or_equal: bool) -> Maker:
    def make(_graph: ShapesGraph, _: Shape, bound: Term) -> ValueTest:
        @lru_cache(_KEPT)
        def is_within(text: str) -> bool:
            pair = (bound, read_term(text)) if is_least else (read_term(text), bound)
            return is_before(*pair, or_equal=or_equal)

        return is_within

    return make


def _length(is_valid: Callable[[int, int], bool]) -> Maker:
    def make(_graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest:
        limit = number_of(parameter)

        def has_length(text: str) -> bool:
            content = content_of(text)
            return content is not None and is_valid(len(content), limit)

        return has_length

    return make


def _pattern(_graph: ShapesGraph, shape: Shape, parameter: Term) -> ValueTest:
    matches = matcher(parameter.value, flags_of(shape))

    def is_match(text: str) -> bool:
        content = content_of(text)
        return content is not None and matches(content)

    return is_match


def flags_of(shape: Shape) -> str:
    """Return the flags of the patterns of a shape."""
    return "".join(flag.value for flag in shape.all("flags") if isinstance(flag, Literal))


def _language_in(graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest:
    ranges = [tag.value.lower() for tag in graph.items(parameter) if isinstance(tag, Literal)]

    @lru_cache(_KEPT)
    def is_in(language: str) -> bool:
        return any(tag == "*" or f"{language}-".startswith(f"{tag}-") for tag in ranges)

    return lambda text: bool(language := language_of(text)) and is_in(language.lower())


def _in(graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest:
    return frozenset(map(spell, graph.members(parameter))).__contains__


def _single_line(_graph: ShapesGraph, _: Shape, parameter: Term) -> ValueTest | None:
    if not is_true([parameter]):
        return None
    return lambda text: not (is_literal(text) and {"\n", "\r"} & set(content_of(text) or ""))


MAKERS: dict[str, Maker] = {
    "nodeKind": _node_kind,
    "datatype": _datatype,
    "minExclusive": _bound(is_least=True, or_equal=False),
    "minInclusive": _bound(is_least=True, or_equal=True),
    "maxExclusive": _bound(is_least=False, or_equal=False),
    "maxInclusive": _bound(is_least=False, or_equal=True),
    "minLength": _length(lambda length, limit: length >= limit),
    "maxLength": _length(lambda length, limit: length <= limit),
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
    "singleLine": _single_line,
}
