"""The RDF formats we read and write: name, file suffix, media type."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat


@dataclass(frozen=True)
class Format:
    """An RDF format under the name that the command line knows it by."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    rdf: RdfFormat


FORMATS = (
    Format("ttl", (".ttl",), "text/turtle", RdfFormat.TURTLE),
    Format("jsonld", (".jsonld",), "application/ld+json", RdfFormat.JSON_LD),
    Format("nt", (".nt",), "application/n-triples", RdfFormat.N_TRIPLES),
    Format("trig", (".trig",), "application/trig", RdfFormat.TRIG),
    Format("nq", (".nq",), "application/n-quads", RdfFormat.N_QUADS),
    Format("rdf", (".rdf", ".owl", ".xml"), "application/rdf+xml", RdfFormat.RDF_XML),
)


def format_of(path: Path) -> Format | None:
    """Tell the format of a file from its suffix."""
    suffix = path.suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None)
