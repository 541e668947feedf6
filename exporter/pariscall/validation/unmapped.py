"""JSON-LD that a processor drops without a word: keys and identifiers that expand to no IRI.

https://www.w3.org/TR/json-ld11-api/#expansion-algorithm (13.4 and 13.5 drop keys) and
https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm (identifiers).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pyoxigraph import Literal, RdfFormat

from ..rdf.json_text import JsonValue, Span, read_json
from ..rdf.jsonld_context import ActiveContext
from ..rdf.namespaces import TYPE
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
    dropped = [found for looked in _walk(read_json(file.text)) for found in looked.dropped]
    return sorted(dropped, key=lambda found: found.span)


class Property(NamedTuple):
    """A property of a node object: its predicate, where its key is, and the values it has."""

    predicate: str
    span: Span
    values: list[JsonValue]


@dataclass
class NodeObject:
    """A node object, where it is identified, and its properties, those of ``@nest`` as well."""

    value: JsonValue
    identifier: Span | None = None
    properties: list[Property] = field(default_factory=list)


def node_objects(text: str) -> list[NodeObject]:
    """Return the node objects of a JSON-LD text that triples are about, in order.

    https://www.w3.org/TR/json-ld11/#node-objects
    """
    found = [looked.node for looked in _walk(read_json(text)) if looked.node]
    return sorted(found, key=lambda node: node.value.span)


def _walk(root: JsonValue) -> Iterator[_Looked]:
    waiting = [_Visit(root, ActiveContext(), {})]
    while waiting:
        looked = _visit(waiting.pop())
        waiting += looked.inside
        yield looked


@dataclass(frozen=True)
class _Visit:
    """A value to look at, in a context, and the definition of the term that it is a value of."""

    value: JsonValue
    context: ActiveContext
    term: dict[str, Any]


@dataclass
class _Looked:
    """What was seen in a value: what is dropped, what is inside, and the node if it is one."""

    dropped: list[Unmapped] = field(default_factory=list)
    inside: list[_Visit] = field(default_factory=list)
    node: NodeObject | None = None


def _visit(visit: _Visit) -> _Looked:
    value, context, term = visit.value, visit.context, visit.term
    if value.items:
        return _Looked(inside=[replace(visit, value=item) for item in value.items])
    if value.is_object:
        return _Object(visit).look()
    if value.string is not None and term.get("@type") in ("@id", "@vocab"):
        is_vocab = term["@type"] == "@vocab"
        return _Looked(list(_identifier(value, context.scoped(term), vocab=is_vocab)))
    return _Looked()


class _Object:
    """A node object, value object, list or set."""

    def __init__(self, visit: _Visit) -> None:
        self._value = visit.value
        self._term = visit.term
        self._found: list[Unmapped] = []
        self._inside: list[_Visit] = []
        self._node = NodeObject(visit.value)
        self._context = self._active(visit)

    def look(self) -> _Looked:
        """Return what means nothing here, and the values to look at next."""
        self._members(self._value)
        return _Looked(self._found, self._inside, self._node if self._is_node else None)

    @property
    def _is_node(self) -> bool:
        """Whether this is a node: no value or list, and more than a wrapper of the default graph."""
        keywords = {self._context.keyword(key) for key, _, _ in self._value.members}
        is_wrapper = keywords <= {"@context", "@graph"}
        return not (is_wrapper or keywords & {"@value", "@list", "@set"})

    def _active(self, visit: _Visit) -> ActiveContext:
        """Return the context that holds in the object, with those of its term and its types."""
        context = visit.context
        keywords = {context.keyword(key) for key, _, _ in self._value.members}
        if context.previous and "@value" not in keywords and keywords != {"@id"}:
            context = context.previous
        context = context.scoped(visit.term)
        if own := self._value.member("@context"):
            context = context.extended(own.content)
            self._languages(own)
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

    def _languages(self, context: JsonValue) -> None:
        """Look at the languages that a context and its terms give to texts."""
        for part in context.walk():
            if (language := part.member("@language")) and language.string is not None:
                self._language(language.string, language.span)

    def _members(self, value: JsonValue, *, is_reverse: bool = False) -> None:
        for key, span, member in value.members:
            keyword = self._context.keyword(key)
            if keyword in ("@graph", "@included"):
                self._inside.append(_Visit(member, self._context, {}))
            elif keyword in ("@list", "@set"):
                self._inside.append(_Visit(member, self._context, self._term))
            elif keyword in ("@nest", "@reverse"):
                for nested in member.items or [member]:
                    self._members(nested, is_reverse=is_reverse or keyword == "@reverse")
            elif keyword:
                self._keyword(keyword, span, member)
            elif not self._context.is_ignored(key):
                self._property(key, span, member, is_reverse=is_reverse)

    def _keyword(self, keyword: str, span: Span, value: JsonValue) -> None:
        if keyword == "@id":
            self._node.identifier = span[0], value.span[1]
            for text in value.strings():
                self._found += _identifier(text, self._context, vocab=False)
        elif keyword == "@type":
            self._node.properties.append(Property(TYPE.value, span, [value]))
            for text in value.strings():
                if not self._types.means(str(text.string), vocab=True, document=True):
                    self._found.append(Unmapped("type", str(text.string), text.span))
        elif keyword == "@language":
            for text in value.strings():
                self._language(str(text.string), text.span)

    def _property(self, key: str, span: Span, value: JsonValue, *, is_reverse: bool) -> None:
        if not (predicate := self._context.predicate(key)):
            self._found.append(Unmapped("key", key, span))
            return
        term = self._context.definition(key)
        container = term.get("@container", [])
        containers = {container} if isinstance(container, str) else set(container)
        is_map = value.is_object and containers & {"@language", "@id", "@type", "@index"}
        values = [member for _, _, member in value.members] if is_map else [value]
        if not (is_reverse or "@reverse" in term):
            self._node.properties.append(Property(predicate, span, values))
        if term.get("@type") == "@json":
            return
        if "@language" in containers and value.is_object:
            for tag, tag_span, _ in value.members:
                if self._context.keyword(tag) != "@none":
                    self._language(tag, tag_span)
        elif is_map:
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
        try:
            Literal("", language=tag)
        except ValueError:
            self._found.append(Unmapped("language", tag, span))


def _identifier(value: JsonValue, context: ActiveContext, *, vocab: bool) -> Iterator[Unmapped]:
    if not context.means(str(value.string), vocab=vocab, document=True):
        yield Unmapped("id", str(value.string), value.span)
