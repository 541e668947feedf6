"""A description in RDF, written as Turtle with the usual prefixes."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ....rdf.namespaces import BASE, PREFIXES, TYPE, XSD
from ....rdf.prefixes import Prefixes
from ....rdf.turtle import turtle
from ..manifest import Manifest

_PREFIXES = Prefixes(
    {
        **PREFIXES,
        "adms": "http://www.w3.org/ns/adms#",
        "formats": "http://www.w3.org/ns/formats/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
    }
)


def name(short: str) -> NamedNode:
    """Return the term of a name such as ``dcat:Dataset``."""
    return NamedNode(_PREFIXES.expand(short))


def main_language(manifest: Manifest) -> str:
    """Return the language of descriptions that have only one: English, or the first of the title."""
    return "en" if "en" in manifest.title else next(iter(manifest.title))


def release_iri(dataset: str, version: str) -> str:
    """Return the IRI of a release, which is the dataset as it was then."""
    return f"{BASE}dataset/{dataset}/{version}"


class Description:
    """Triples about one subject after the other."""

    def __init__(self) -> None:
        self._triples: list[Triple] = []

    def add(self, subject: str, predicate: str, *values: NamedNode | Literal) -> None:
        """Add a triple for each value; the subject is given by its IRI."""
        for value in values:
            self._triples.append(Triple(NamedNode(subject), name(predicate), value))

    def add_texts(self, subject: str, predicate: str, texts: Mapping[str, str]) -> None:
        """Add a text in its languages."""
        self.add(
            subject, predicate, *(Literal(text, language=lang) for lang, text in texts.items())
        )

    def classify(self, classes: Mapping[str, str]) -> None:
        """Add the class of the values of some properties, which are described elsewhere."""
        by_predicate = {name(predicate): name(kind) for predicate, kind in classes.items()}
        found = {
            (triple.object, by_predicate[triple.predicate]): None
            for triple in self._triples
            if triple.predicate in by_predicate and isinstance(triple.object, NamedNode)
        }
        self._triples += [Triple(term, TYPE, kind) for term, kind in found]

    def triples(self) -> list[Triple]:
        """Return the triples, subject by subject."""
        order = {triple.subject: None for triple in self._triples}
        return [t for subject in order for t in self._triples if t.subject == subject]

    def to_turtle(self) -> bytes:
        """Write the triples as Turtle, subject by subject."""
        return turtle(self.triples()).encode()


def typed(text: object, datatype: str) -> Literal:
    """Make a literal of an XSD datatype."""
    return Literal(str(text), datatype=NamedNode(XSD + datatype))
