"""The RDF formats we read and write: name, file suffixes, media type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import RdfFormat

from ..errors import MisuseError
from ..io import compression


@dataclass(frozen=True)
class Format:
    """An RDF format under the name that the command line knows it by.

    ``shared_suffixes`` belong to files of other kinds too, so that in a folder they tell nothing.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    rdf: RdfFormat
    shared_suffixes: tuple[str, ...] = ()


# What is valid Turtle means the same in Notation3; the rest of Notation3 is refused as invalid.
FORMATS = (
    Format("ttl", (".ttl", ".turtle", ".n3"), "text/turtle", RdfFormat.TURTLE),
    Format("jsonld", (".jsonld",), "application/ld+json", RdfFormat.JSON_LD, (".json",)),
    Format("nt", (".nt",), "application/n-triples", RdfFormat.N_TRIPLES),
    Format("trig", (".trig",), "application/trig", RdfFormat.TRIG),
    Format("nq", (".nq",), "application/n-quads", RdfFormat.N_QUADS),
    Format("rdf", (".rdf", ".owl", ".rdfs"), "application/rdf+xml", RdfFormat.RDF_XML, (".xml",)),
)
TURTLE = FORMATS[0]

_OTHER_MEDIA_TYPES = {
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "application/x-turtle": "ttl",
    "text/n3": "ttl",
}
# What people have as RDF and no library that we keep reads.
_REFUSED = {
    (".yaml", ".yml", ".yamlld"): "YAML-LD is not read. Convert it to JSON-LD.",
    (".html", ".htm", ".xhtml"): "HTML is not read. Extract its RDFa or JSON-LD first.",
    (".csv", ".tsv", ".xlsx"): "a table is not read as RDF. Name its folder with --tables.",
    (".hdt",): "HDT is not read. Convert it to N-Triples.",
}


def format_of(path: PurePath) -> Format | None:
    """Return the format that the suffix of a file names, whether or not it is compressed."""
    suffix = _suffix(path)
    return next((known for known in FORMATS if suffix in _all_suffixes(known)), None)


def format_named(name: str) -> Format:
    """Return the format of a name: ours, a suffix, a media type, or what rdflib calls it.

    Raises:
        MisuseError: if there is no such format.
    """
    wanted = _letters(name)
    for known in FORMATS:
        names = (known.name, known.rdf.name, known.media_type, *_all_suffixes(known))
        if wanted in map(_letters, names):
            return known
    choices = ", ".join(known.name for known in FORMATS)
    raise MisuseError(f"there is no format {name!r}. Choose one of {choices}.")


def format_of_media_type(media_type: str) -> Format | None:
    """Return the format of a ``Content-Type``, whose parameters tell nothing about it."""
    plain = media_type.partition(";")[0].strip().lower()
    name = _OTHER_MEDIA_TYPES.get(plain)
    return next((f for f in FORMATS if plain == f.media_type or name == f.name), None)


def is_rdf_only(path: PurePath) -> bool:
    """Report whether the suffix of a file belongs to RDF and nothing else."""
    return any(_suffix(path) in known.suffixes for known in FORMATS)


def unknown_format(path: PurePath) -> str:
    """Describe why the suffix of a file names no format, and what to do."""
    suffix = _suffix(path)
    for suffixes, problem in _REFUSED.items():
        if suffix in suffixes:
            return problem
    known = ", ".join(suffix for known in FORMATS for suffix in _all_suffixes(known))
    names = ", ".join(known.name for known in FORMATS)
    return (
        f"the name does not tell the format. It must end in one of {known}, "
        f"or give --data-format ({names})."
    )


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _suffix(path: PurePath) -> str:
    suffixes: Iterator[str] = (suffix.lower() for suffix in reversed(path.suffixes))
    return next((suffix for suffix in suffixes if suffix not in compression.SUFFIXES), "")


def _all_suffixes(known: Format) -> tuple[str, ...]:
    return (*known.suffixes, *known.shared_suffixes)
