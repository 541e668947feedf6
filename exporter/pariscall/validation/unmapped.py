"""JSON-LD that a processor drops without a word: keys and identifiers that expand to no IRI.

https://www.w3.org/TR/json-ld11-api/#expansion-algorithm (13.4 and 13.5 drop keys) and
https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm (identifiers).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, RdfFormat

from ..rdf.json_text import JsonValue, Span, read_json
from ..rdf.jsonld_context import ActiveContext
from ..rdf.reader import RdfFile
from .locations.location import SourceText
from .report import Finding, digest
from .shacl.result import Messages

NOT_EXPANDED = "input:not-expanded"

_MESSAGES = {
    "key": (
        (
            "the key {} expands to no IRI, so that its values are lost. "
            "Define it in the context, or remove it."
        ),
        (
            "la clé {} ne désigne aucun IRI : ses valeurs sont perdues. "
            "Définissez-la dans le contexte ou retirez-la."
        ),
    ),
    "id": (
        (
            "the identifier {} is not an absolute IRI, so that what is said of it is lost. "
            "Write it in full, or declare @base."
        ),
        (
            "l’identifiant {} n’est pas un IRI absolu : ce qui en est dit est perdu. "
            "Écrivez-le en entier ou déclarez @base."
        ),
    ),
    "type": (
        "the type {} expands to no IRI, so that it is lost. Define it in the context.",
        "le type {} ne désigne aucun IRI : il est perdu. Définissez-le dans le contexte.",
    ),
    "language": (
        "{} is not a language tag, so that its text is lost. Correct it.",
        "{} n’est pas un code de langue : son texte est perdu. Corrigez-le.",
    ),
}


@dataclass(frozen=True)
class Unmapped:
    """A key, identifier, type or language tag that means nothing, and the offsets where it is."""

    kind: str
    text: str
    span: Span

    @property
    def messages(self) -> Messages:
        """What is wrong, in each language."""
        shown = f"'{self.text}'"
        en, fr = (message.format(shown) for message in _MESSAGES[self.kind])
        return (("en", en), ("fr", fr))


def unmapped_findings(files: Iterable[RdfFile]) -> list[Finding]:
    """Return a finding for each place of JSON-LD files that means nothing."""
    findings = []
    for file in files:
        source = SourceText(file.name, file.text)
        seen: Counter[Unmapped] = Counter()
        for found in find_unmapped(file):
            plain = replace(found, span=(0, 0))
            seen[plain] += 1
            findings.append(
                Finding(
                    rule=NOT_EXPANDED,
                    severity="Violation",
                    messages=found.messages,
                    about=(),
                    fingerprint=digest(NOT_EXPANDED, found.kind, found.text, str(seen[plain])),
                    location=source.location(*found.span),
                )
            )
    return findings


def find_unmapped(file: RdfFile) -> list[Unmapped]:
    """Find what a JSON-LD processor drops, in the order of the text; nothing in other formats."""
    if file.format.rdf != RdfFormat.JSON_LD:
        return []
    dropped = []
    waiting = [_Visit(read_json(file.text), ActiveContext(), {})]
    while waiting:
        found, inside = _visit(waiting.pop())
        dropped += found
        waiting += inside
    return sorted(dropped, key=lambda found: found.span)


@dataclass(frozen=True)
class _Visit:
    """A value to look at, in a context, and the definition of the term that it is a value of."""

    value: JsonValue
    context: ActiveContext
    term: dict[str, Any]


_Found = tuple[list[Unmapped], list[_Visit]]


def _visit(visit: _Visit) -> _Found:
    value, context, term = visit.value, visit.context, visit.term
    if value.items:
        return [], [replace(visit, value=item) for item in value.items]
    if value.is_object:
        return _Object(visit).look()
    if value.string is not None and term.get("@type") in ("@id", "@vocab"):
        is_vocab = term["@type"] == "@vocab"
        return list(_identifier(value, context.scoped(term), vocab=is_vocab)), []
    return [], []


class _Object:
    """A node object, value object, list or set."""

    def __init__(self, visit: _Visit) -> None:
        self._value = visit.value
        self._term = visit.term
        self._found: list[Unmapped] = []
        self._inside: list[_Visit] = []
        self._context = self._active(visit)

    def look(self) -> _Found:
        """Return what means nothing here, and the values to look at next."""
        self._members(self._value)
        return self._found, self._inside

    def _active(self, visit: _Visit) -> ActiveContext:
        """Return the context that holds in the object, with those of its term and its types."""
        context = visit.context
        keywords = {context.keyword(key) for key, _, _ in self._value.members}
        if context.previous and "@value" not in keywords and keywords != {"@id"}:
            context = context.previous
        context = context.scoped(visit.term)
        if own := self._value.member("@context"):
            context = context.extended(own.content)
        self._types = context
        names = {
            str(name.string)
            for key, _, value in self._value.members
            if context.keyword(key) == "@type"
            for name in value.strings()
        }
        for name in sorted(names):
            context = context.scoped(self._types.definition(name), propagates=False)
        return context

    def _members(self, value: JsonValue) -> None:
        for key, span, member in value.members:
            keyword = self._context.keyword(key)
            if keyword in ("@graph", "@included"):
                self._inside.append(_Visit(member, self._context, {}))
            elif keyword in ("@list", "@set"):
                self._inside.append(_Visit(member, self._context, self._term))
            elif keyword in ("@nest", "@reverse"):
                for nested in member.items or [member]:
                    self._members(nested)
            elif keyword:
                self._keyword(keyword, member)
            elif not self._context.is_ignored(key):
                self._property(key, span, member)

    def _keyword(self, keyword: str, value: JsonValue) -> None:
        if keyword == "@id":
            for text in value.strings():
                self._found += _identifier(text, self._context, vocab=False)
        elif keyword == "@type":
            for text in value.strings():
                if not self._types.means(str(text.string), vocab=True, document=True):
                    self._found.append(Unmapped("type", str(text.string), text.span))
        elif keyword == "@language":
            for text in value.strings():
                self._language(str(text.string), text.span)

    def _property(self, key: str, span: Span, value: JsonValue) -> None:
        if key.startswith("_:") or not self._context.means(key, vocab=True):
            self._found.append(Unmapped("key", key, span))
            return
        term = self._context.definition(key)
        container = term.get("@container", [])
        containers = {container} if isinstance(container, str) else set(container)
        if term.get("@type") == "@json":
            return
        if "@language" in containers and value.is_object:
            for tag, tag_span, _ in value.members:
                self._language(tag, tag_span)
        elif value.is_object and containers & {"@id", "@type", "@index"}:
            self._map(value, term, containers)
        else:
            self._inside.append(_Visit(value, self._context, term))

    def _map(self, value: JsonValue, term: dict[str, Any], containers: set[str]) -> None:
        for key, span, member in value.members:
            is_lost = ("@id" in containers and not self._context.means(key, document=True)) or (
                "@type" in containers and not self._context.means(key, vocab=True, document=True)
            )
            if is_lost:
                self._found.append(Unmapped("id" if "@id" in containers else "type", key, span))
            self._inside.append(_Visit(member, self._context, term))

    def _language(self, tag: str, span: Span) -> None:
        if self._context.keyword(tag) == "@none":
            return
        try:
            Literal("", language=tag)
        except ValueError:
            self._found.append(Unmapped("language", tag, span))


def _identifier(value: JsonValue, context: ActiveContext, *, vocab: bool) -> Iterator[Unmapped]:
    if not context.means(str(value.string), vocab=vocab, document=True):
        yield Unmapped("id", str(value.string), value.span)
