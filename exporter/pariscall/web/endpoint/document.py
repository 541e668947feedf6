"""A document of the graph, written in each format: RDF, or a plain page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from urllib.parse import quote, urlsplit

from jinja2 import Template
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from ...io.templates import template_environment
from ...io.terminal import visible
from ...rdf.canonical import named
from ...rdf.prefixes import KNOWN_PREFIXES
from ...rdf.turtle import turtle
from ..routes.pages import locate
from ..routes.preferences import PAGE, PAGE_SUFFIXES, SUFFIXES
from ..site.rendering import is_web
from .graph_documents import GraphDocuments, find_name
from .messages import PAGE_WORDS

_FORMATS = {".jsonld": RdfFormat.JSON_LD, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}
_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name", "schema:name")
_MOST_MENTIONS = 200
_DEFAULT = DefaultGraph()
_Term = NamedNode | BlankNode | Literal | Triple


def write_document(documents: GraphDocuments, name: str, suffix: str, url: str) -> bytes:
    """Return a document in the format of a suffix; ``url`` is the public URL of the server."""
    triples = sorted(named([quad.triple for quad in documents.quads(name)]), key=str)
    if suffix == ".ttl":
        return turtle(triples).encode()
    if suffix in _FORMATS:
        return serialize(triples, format=_FORMATS[suffix]) or b""
    lang = next(lang for lang, ending in PAGE_SUFFIXES.items() if ending == suffix)
    return Page(documents.store, lang, url).render(name, triples).encode()


@dataclass(frozen=True)
class Section:
    """What a page has on one resource: its statements by property, and those that mention it."""

    subject: _Term
    properties: list[tuple[_Term, list[_Term]]]
    mentions: list[Quad]
    are_all_mentions: bool = True


class Page:
    """The page of a document: its statements, with links and names, in one language."""

    def __init__(self, store: Store, lang: str, url: str) -> None:
        self._store = store
        self._lang = lang
        self._url = url
        self._prefix = urlsplit(url).path
        self.label = cache(self._label)

    def render(self, name: str, triples: list[Triple]) -> str:
        """Return the HTML of a document."""
        sections = [
            self._section(subject, list(statements))
            for subject, statements in groupby(triples, key=lambda triple: triple.subject)
        ]
        # The resource that gives a document its name has the shortest IRI, as ``ns`` has of ``ns#Call``.
        sections.sort(key=lambda s: (isinstance(s.subject, BlankNode), len(str(s.subject))))
        return template().render(
            page=self,
            name=name,
            lang=self._lang,
            words={word: texts[self._lang == "fr"] for word, texts in PAGE_WORDS.items()},
            sections=sections,
            home=f"{self._prefix}/",
            own=f"{self._prefix}/{quote(name)}",
            formats={kind: suffix for kind, suffix in SUFFIXES.items() if suffix != PAGE},
            translations={lang: end for lang, end in PAGE_SUFFIXES.items() if lang != self._lang},
        )

    def lang(self, term: _Term) -> str:
        """Return the language of a text, empty if it has none."""
        return (term.language or "") if isinstance(term, Literal) else ""

    def written(self, term: _Term) -> str:
        """Return a term as N-Triples writes it, with what a browser might obey written out."""
        return visible(str(term))

    def _section(self, subject: _Term, triples: list[Triple]) -> Section:
        properties = [
            (predicate, [triple.object for triple in statements])
            for predicate, statements in groupby(triples, key=lambda triple: triple.predicate)
        ]
        mentions = self._mentions(subject)
        are_all = len(mentions) <= _MOST_MENTIONS
        return Section(subject, properties, mentions[:_MOST_MENTIONS], are_all)

    def href(self, term: _Term) -> str:
        """Return where a link to a term goes: to our document of it, or to its own address."""
        if not isinstance(term, NamedNode):
            return f"#{term}" if isinstance(term, BlankNode) else ""
        iri = term.value
        name = find_name(iri, self._url)
        if name and next(self._store.quads_for_pattern(term, None, None, _DEFAULT), None):
            fragment = iri.partition("#")[2]
            location = locate(iri)
            part = location.fragment if location and location.fragment else fragment
            document = f"{self._prefix}/{quote(name)}{PAGE_SUFFIXES[self._lang]}"
            return document + (f"#{quote(part)}" if part else "")
        return iri if is_web(iri) else ""

    def anchor(self, term: _Term) -> str:
        """Return the id of the section about a resource."""
        if isinstance(term, BlankNode):
            return str(term)
        iri = term.value if isinstance(term, NamedNode) else ""
        location = locate(iri)
        return (location.fragment if location else "") or iri.partition("#")[2]

    def _mentions(self, subject: _Term) -> list[Quad]:
        if not isinstance(subject, NamedNode):
            return []
        found = self._store.quads_for_pattern(None, None, subject, _DEFAULT)
        named = [quad for quad in found if isinstance(quad.subject, NamedNode)]
        return sorted(named, key=str)

    def _label(self, term: _Term) -> str:
        if isinstance(term, NamedNode):
            return visible(self._named(term) or KNOWN_PREFIXES.compact(term.value))
        return visible(term.value if isinstance(term, Literal | BlankNode) else str(term))

    def _named(self, term: NamedNode) -> str:
        for predicate in _LABELS:
            name = NamedNode(KNOWN_PREFIXES.expand(predicate))
            found = self._store.quads_for_pattern(term, name, None, _DEFAULT)
            texts = sorted(
                (q.object for q in found if isinstance(q.object, Literal)),
                key=lambda text: (text.language != self._lang, text.language or "", text.value),
            )
            if texts:
                return texts[0].value
        return ""


@cache
def template() -> Template:
    """Return the template of all pages; a worker can open no file, so it is read before."""
    return template_environment("web/endpoint/templates").get_template("document.html")
