"""Language tags as they were written, which Oxigraph keeps in lower case alone.

Case has no meaning in a tag: ``"x"@en-GB`` and ``"x"@en-gb`` are one literal (RDF 1.2 Concepts, 3.4).
So one way of writing is kept for each tag, and is what ``LANG`` and the results show. A tag that is
written in lower case anywhere stays in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from .sparql import tokens

ResultFormat = QueryResultsFormat | RdfFormat

_TAG = r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
_TEXT = re.compile(rf"(?<!\\)(?:\\\\)*[\"']@({_TAG})")  # after no escaped quote
_WRITTEN = {
    RdfFormat.JSON_LD: re.compile(rf'"({_TAG})"\s*:|"@language"\s*:\s*"({_TAG})"'),
    RdfFormat.RDF_XML: re.compile(rf"xml:lang\s*=\s*[\"']({_TAG})[\"']"),
}

_JSON = re.compile(rf'"(?:xml:lang|@language)":"(?P<tag>{_TAG})(?=")'.encode())
_XML = re.compile(rf'<[^<>]* xml:lang="(?P<tag>{_TAG})(?=")'.encode())
_LINES = re.compile(rf'"(?:[^"\\]|\\.)*"(?:@(?P<tag>{_TAG}))?'.encode())
_NOTHING = re.compile(rb"(?!)(?P<tag>)")  # CSV shows no tags

# Where the tags are in each format, and a byte after which content can be cut between them.
_PLACES = {
    QueryResultsFormat.CSV: (_NOTHING, b"\n"),
    QueryResultsFormat.JSON: (_JSON, b"}"),
    QueryResultsFormat.XML: (_XML, b">"),
    RdfFormat.JSON_LD: (_JSON, b"}"),
    RdfFormat.RDF_XML: (_XML, b">"),
}

LANG_FUNCTION = NamedNode("urn:x-pariscall:lang")


def written_tags(text: str, rdf_format: RdfFormat) -> set[str]:
    """Return the language tags in the text of an RDF file, as they are written."""
    pattern = _WRITTEN.get(rdf_format, _TEXT)
    return {match[match.lastindex or 0] for match in pattern.finditer(text)}


class LanguageTags:
    """The way in which each language tag is written, where it is not in lower case."""

    def __init__(self, written: Iterable[str] = ()) -> None:
        known = set(written)
        self._written: Mapping[str, str] = {
            tag.lower(): tag for tag in sorted(known, reverse=True) if tag.lower() not in known
        }

    def __bool__(self) -> bool:
        """Return whether any tag is not in lower case."""
        return bool(self._written)

    def with_query(self, query: str) -> LanguageTags:
        """Add the tags that only the query has: after ``@``, or as a string of their own."""
        found = {
            token.text[1:].partition("--")[0] for token in tokens(query) if token.kind == "tag"
        }
        strings = (token.text.strip("\"'") for token in tokens(query) if token.kind == "string")
        found |= {text for text in strings if "-" in text and re.fullmatch(_TAG, text)}
        return LanguageTags({*(tag for tag in found if tag.lower() not in self._written), *self})

    def __iter__(self) -> Iterator[str]:
        """Return the tags that are not in lower case."""
        return iter(self._written.values())

    def lang(self, term: NamedNode | BlankNode | Literal | Triple) -> Literal | None:
        """Compute ``LANG`` (SPARQL 1.1 §17.4.2.2) with the tag as it was written."""
        if not isinstance(term, Literal):
            return None
        tag = term.language or ""
        return Literal(self._written.get(tag, tag))

    def restore(self, content: bytes, form: ResultFormat) -> bytes:
        """Return results that Oxigraph wrote in a format, with the tags as they were written."""
        return _places(form)[0].sub(self._restored, content) if self else content

    def _restored(self, match: re.Match[bytes]) -> bytes:
        if match["tag"] is None:
            return match[0]
        tag = match["tag"].decode()
        return match[0][: -len(tag)] + self._written.get(tag, tag).encode()


def cut(content: bytes | bytearray, form: ResultFormat) -> int:
    """Return how many bytes of results in a format, at most, end between two tags."""
    return content.rfind(_places(form)[1]) + 1


def _places(form: ResultFormat) -> tuple[re.Pattern[bytes], bytes]:
    return _PLACES.get(form, (_LINES, b"\n"))


def with_written_lang(query: str) -> str:
    """Return a query whose ``LANG`` is computed by ``LanguageTags.lang``."""
    parts, end = [], 0
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() == "LANG":
            parts += [query[end : token.start], str(LANG_FUNCTION)]
            end = token.end
    return "".join([*parts, query[end:]])
