"""The kinds of IRIs we mint, and the document that describes each: the one table of addresses.

A thing leads by 303 to a document (https://www.w3.org/TR/cooluris/, 4.2), which is there in each
format. What belongs to a party, such as its endorsements, is a part of the party's document. The
expressions made from the table are read alike by Python, Apache, nginx and browsers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...rdf.namespaces import BASE

_NAME = "[a-z0-9-]+"
_FORMS = {
    "version": r"[0-9]+(?:\.[0-9]+)+",
    "n": "[0-9]+",
    "path": "[a-z0-9/-]+",
    "file": "[A-Za-z0-9_./-]+",
}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Kind:
    """A kind of IRI: the paths below the base, and the document that describes what they name.

    Both are templates. Without a document a path leads to a file that is there under it.
    """

    name: str
    path: str
    document: str = ""

    @property
    def is_file(self) -> bool:
        """Whether the path is that of a file."""
        return not self.document

    @property
    def is_part(self) -> bool:
        """Whether the document is that of something else, of which this is a part."""
        return bool(self.path) and self.document not in ("", self.path)

    def expression(self, group: str = "(") -> str:
        """Spell the regular expression of the paths; of a part, its group is the party's name."""

        def form(place: re.Match[str]) -> str:
            found = _FORMS.get(place[1], _NAME)
            return f"{group}{found})" if self.is_part and place[1] == "party" else found

        return _PLACE.sub(form, self.path.replace(".", r"\."))

    def target(self, whole: str, party: str, index: str = "index") -> str:
        """Spell the document as the rules of a host do, given how they refer to what matched."""
        if not self.path:
            return index
        return self.document.replace("{party}", party) if self.is_part else whole


def _thing(name: str, path: str) -> Kind:
    return Kind(name, path, path or "index")


KINDS = (
    _thing("project", ""),
    _thing("ontology", "ns"),
    _thing("version of the ontology", "ns/{version}"),
    _thing("alignments", "ns/align"),
    _thing("shapes", "shapes"),
    _thing("version of the shapes", "shapes/{version}"),
    _thing("code list", "code/{list}"),
    _thing("party", "actor/{party}"),
    _thing("call", "call/{call}"),
    _thing("principle", "call/{call}/principle/{principle}"),
    _thing("happening", "event/{happening}"),
    _thing("source", "source/{path}"),
    _thing("claim", "claim/{path}"),
    _thing("registry", "registry/{registry}"),
    _thing("agent", "agent/{agent}"),
    _thing("dataset", "dataset/{dataset}"),
    _thing("release", "dataset/{dataset}/{version}"),
    Kind("endorsement", "endorsement/{call}/{party}/{n}", "actor/{party}"),
    Kind("event", "endorsement/{call}/{party}/{n}/event/{event}", "actor/{party}"),
    Kind("entry", "registry/{registry}/entry/{party}", "actor/{party}"),
    Kind("context", "context/{context}.jsonld"),
    Kind("file of a release", "dataset/{dataset}/{version}/{file}"),
)
THINGS = [kind for kind in KINDS if not kind.is_file]
FILES = [kind for kind in KINDS if kind.is_file]
_EXPRESSIONS = [(kind, re.compile(kind.expression())) for kind in KINDS]


@dataclass(frozen=True)
class Address:
    """Where an IRI leads: to a document, or to a part of it with this fragment, or to a file."""

    kind: Kind
    document: str
    fragment: str = ""


def find_address(path: str) -> Address | None:
    """Find where a path below the base leads, by its form alone."""
    for kind, expression in _EXPRESSIONS:
        found = expression.fullmatch(path)
        if found:
            party = found[1] if kind.is_part else ""
            return Address(kind, kind.target(path, party), path if kind.is_part else "")
    return None


def find_document(iri: str) -> str | None:
    """Find the document that describes an IRI of ours, a term such as ``ns#Call`` too."""
    if not iri.startswith(BASE):
        return None
    address = find_address(iri.removeprefix(BASE).partition("#")[0])
    return address.document if address else None
