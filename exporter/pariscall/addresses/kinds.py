"""The kinds of IRIs we mint, and the document that describes each: the one table of addresses.

A thing leads by 303 to a document (https://www.w3.org/TR/cooluris/, 4.2), which is there in each
format. What belongs to a party, such as its endorsements, is a part of the party's document. The
patterns are regular expressions that Python, Apache and nginx read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..iris import BASE

_NAME = "[a-z0-9-]+"
_NAMES = "[a-z0-9/-]+"
_VERSION = r"[0-9]+(?:\.[0-9]+)+"


@dataclass(frozen=True)
class Kind:
    """A kind of IRI: the paths below the base, and the document that describes it.

    A pattern has no group, or one for the name of the party whose document it leads to.
    """

    name: str
    path: str
    party: bool = False
    file: bool = False

    @property
    def pattern(self) -> str:
        """The regular expression of whole paths."""
        return f"^{self.path}$"


KINDS = (
    Kind("the project", ""),
    Kind("ontology", "ns"),
    Kind("version of the ontology", f"ns/{_VERSION}"),
    Kind("alignments", "ns/align"),
    Kind("shapes", "shapes"),
    Kind("code list", f"code/{_NAME}"),
    Kind("party", f"actor/{_NAME}"),
    Kind("call", f"call/{_NAME}"),
    Kind("principle", f"call/{_NAME}/principle/{_NAME}"),
    Kind("happening", f"event/{_NAME}"),
    Kind("source", f"source/{_NAMES}"),
    Kind("claim", f"claim/{_NAMES}"),
    Kind("registry", f"registry/{_NAME}"),
    Kind("agent", f"agent/{_NAME}"),
    Kind("dataset", f"dataset/{_NAME}"),
    Kind("release", f"dataset/{_NAME}/{_VERSION}"),
    Kind("endorsement", f"endorsement/{_NAME}/({_NAME})/[0-9]+", party=True),
    Kind("event", f"endorsement/{_NAME}/({_NAME})/[0-9]+/event/{_NAME}", party=True),
    Kind("entry", f"registry/{_NAME}/entry/({_NAME})", party=True),
    Kind("context", r"context/v[0-9]+\.jsonld", file=True),
    Kind("file of a release", f"dataset/{_NAME}/{_VERSION}/[A-Za-z0-9_./-]+", file=True),
)


@dataclass(frozen=True)
class Address:
    """Where an IRI leads: to a document, or to a part of it with this fragment, or to a file."""

    kind: Kind
    document: str
    fragment: str = ""


def find_address(path: str) -> Address | None:
    """Find where a path below the base leads, by its form alone; the fragment is not sent."""
    for kind in KINDS:
        found = re.fullmatch(kind.path, path)
        if found:
            if kind.party:
                return Address(kind, f"actor/{found[1]}", path)
            return Address(kind, path or "index")
    return None


def find_document(iri: str) -> str | None:
    """Find the document that describes an IRI of ours, a term such as ``ns#Call`` too."""
    if not iri.startswith(BASE):
        return None
    address = find_address(iri.removeprefix(BASE).partition("#")[0])
    return address.document if address else None
