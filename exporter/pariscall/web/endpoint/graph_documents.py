"""The documents of a graph: which there are, and the statements of each.

Every IRI below the base, or below the public URL of the server, belongs to the document that would
describe it on the site. What belongs to a party, such as its endorsements, is in the party's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from ...rdf.namespaces import BASE, TYPE
from ...rdf.reader import read_files
from ..routes.pages import locate
from ..site.documents import PROJECT, vocabulary_documents

_FIRST_PAGE = ("dataset", "call")  # the routes that describe the project
_MOST_ENTRIES = 1000
_DEFAULT = DefaultGraph()


@dataclass
class GraphDocuments:
    """The documents of a graph, by name, which is their path without suffix."""

    store: Store
    subjects: dict[str, list[NamedNode]] = field(default_factory=dict)
    files: dict[str, list[Quad]] = field(default_factory=dict)  # with the statements of whole files

    @property
    def names(self) -> list[str]:
        """The names of all documents, in order."""
        return sorted({PROJECT, *self.subjects, *self.files})

    def quads(self, name: str) -> Iterator[Quad]:
        """Yield the statements of a document, and those of the blank nodes that they mention."""
        if name in self.files:
            yield from self.files[name]
            return
        if name == PROJECT and name not in self.subjects:
            yield from _entries(self.store)
            return
        pending: list[NamedNode | BlankNode] = list(self.subjects.get(name, ()))
        seen = set(pending)
        while pending:
            for quad in self.store.quads_for_pattern(pending.pop(), None, None, _DEFAULT):
                yield quad
                if isinstance(quad.object, BlankNode) and quad.object not in seen:
                    seen.add(quad.object)
                    pending.append(quad.object)


def read_documents(store: Store, url: str, *, is_bundled: bool) -> GraphDocuments:
    """Return the documents of a graph at a public URL; the bundled one has those of our files too."""
    documents = GraphDocuments(store)
    subjects = {quad.subject for quad in store.quads_for_pattern(None, None, None, _DEFAULT)}
    for subject in sorted((s for s in subjects if isinstance(s, NamedNode)), key=str):
        for name in _names(subject.value, url):
            documents.subjects.setdefault(name, []).append(subject)
    if is_bundled:
        files = vocabulary_documents().items()
        documents.files = {name: read_files(paths) for name, paths in files}
    return documents


def find_name(iri: str, url: str) -> str | None:
    """Return the name of the document that describes an IRI, or None if the IRI is not ours.

    A name that a client could not ask for, or that a browser would take for another host, is none.
    """
    if location := locate(iri):
        return location.document
    for base in (BASE, f"{url}/"):
        if iri.startswith(base) and "?" not in iri:
            name = unquote(iri.removeprefix(base).partition("#")[0]) or PROJECT
            return name if _is_path(name) else None
    return None


def _names(iri: str, url: str) -> Iterable[str]:
    name = find_name(iri, url)
    location = locate(iri)
    if location and location.route.name in _FIRST_PAGE:
        return (location.document, PROJECT)
    return (name,) if name else ()


def _is_path(name: str) -> bool:
    is_plain = name.isprintable() and "\\" not in name
    return is_plain and not any(part in ("", ".", "..") for part in name.split("/"))


def _entries(store: Store) -> list[Quad]:
    typed = store.quads_for_pattern(None, TYPE, None, _DEFAULT)
    named = (quad for quad in typed if isinstance(quad.subject, NamedNode))
    return sorted(named, key=str)[:_MOST_ENTRIES]
