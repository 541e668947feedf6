"""RDF from outside, read strictly and, unless it is allowed, without the network.

Parsing is Oxigraph's, which accepts valid documents only. A JSON-LD file may name our own
context, which comes with the package; any other context by address is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Quad, RdfFormat, parse, serialize

from ..errors import EmptyError, RdfError
from .expansion import check_expansion
from .formats import Format, format_named, format_of, unknown_format
from .jsonld import with_bundled_context
from .nesting import check_nesting
from .rdfxml import (
    check_depth,
    check_entities,
    check_well_formed,
    declared_as_utf8,
    decode,
    with_whole_texts,
)
from .sources import STANDARD_INPUT, Source, expand, read_path, read_source

# A line of N-Triples and N-Quads 1.2 that Oxigraph 0.5 does not know yet.
_VERSION = re.compile(r"^([ \t]*)VERSION[ \t]+(\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE)


@dataclass(frozen=True)
class RdfFile:
    """An RDF file: its text, and its triples in the order in which the text gives them.

    Blank nodes of different files are kept apart. ``address`` is the IRI of the file itself.
    """

    name: str
    format: Format
    text: str
    quads: list[Quad]
    prefixes: dict[str, str]
    address: str | None = None


@dataclass(frozen=True)
class Bounds:
    """How much a source may hold that a stranger sends unasked: triples, and expanded characters."""

    triples: int
    characters: int


@dataclass(frozen=True)
class InputOptions:
    """How sources are read: the name of their format if it is told, and whether from addresses."""

    format: str | None = None
    allow_network: bool = False


DEFAULT = InputOptions()
BOUNDED = Bounds(500_000, 256 * 1024 * 1024)
__all__ = [
    "BOUNDED",
    "DEFAULT",
    "STANDARD_INPUT",
    "Bounds",
    "InputOptions",
    "RdfFile",
    "open_file",
    "open_inputs",
    "parse_bytes",
    "parse_lines",
    "parse_source",
    "read_file",
    "read_files",
    "read_inputs",
    "read_text",
]


def open_inputs(names: Iterable[str | Path], options: InputOptions = DEFAULT) -> list[RdfFile]:
    """Read files, folders, patterns, ``-`` for standard input, and addresses if allowed.

    Each source is read once, however often it is named.

    Raises:
        RdfError: as ``open_file``, or if an address is named and not allowed.
        WebError: if a server gives no whole answer.
    """
    return [_open(name, options) for name in expand(map(str, names))]


def read_inputs(names: Iterable[str | Path], options: InputOptions = DEFAULT) -> list[Quad]:
    """Read the triples of what ``open_inputs`` opens, whatever graphs they are in.

    Raises:
        RdfError, WebError: as ``open_inputs``.
    """
    return [quad for file in open_inputs(names, options) for quad in file.quads]


def read_files(paths: Sequence[Path]) -> list[Quad]:
    """Read the triples of RDF files, whatever graphs they are in.

    Raises:
        RdfError: as ``open_file``.
    """
    return [quad for path in paths for quad in read_file(path)]


def read_file(path: Path) -> list[Quad]:
    """Read the triples of one RDF file.

    Raises:
        RdfError: as ``open_file``.
    """
    return open_file(path).quads


def open_file(path: Path, kind: Format | None = None) -> RdfFile:
    """Read an RDF file whole, in a format or in that of its name.

    Raises:
        RdfError: if it cannot be read, the name does not tell the format, or as ``parse_source``.
    """
    return _open(str(path), InputOptions(kind.name if kind else None))


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises:
        RdfError: if there is no such file, or it is not UTF-8.
    """
    return _decoded(read_path(path))


def parse_bytes(name: str, content: bytes, known: Format) -> list[Quad]:
    """Read the triples of a document that came from elsewhere, within ``BOUNDED``; it may be empty.

    Raises:
        RdfError: as ``parse_source``; ``name`` tells where the document is from.
    """
    try:
        return parse_source(Source(name, content, Path(name)), known, BOUNDED).quads
    except EmptyError:
        return []


def parse_lines(name: str, content: bytes, known: Format) -> bytes:
    """Read what ``parse_bytes`` reads, as N-Triples: a line for each triple, as often as it is stated.

    Each triple is written when it is read, so that no list of them is held.

    Raises:
        RdfError: as ``parse_bytes``.
    """
    return _parsed(Source(name, content, Path(name)), known, BOUNDED, _as_lines)[0]


def parse_source(source: Source, known: Format, bounds: Bounds | None = None) -> RdfFile:
    """Read the RDF that a source holds in a format.

    Raises:
        RdfError: if it is not valid in the format, would need another file to be understood, holds
            no triple, or is beyond the bounds.
    """
    quads, text, prefixes = _parsed(source, known, bounds, list)
    if not quads:
        hint = " Check its @context." if known.rdf == RdfFormat.JSON_LD else ""
        raise EmptyError(f"{source.name}: the file holds no triple.{hint}")
    return RdfFile(source.name, known, text, quads, prefixes, source.base)


_Taken = TypeVar("_Taken")


def _parsed(
    source: Source,
    known: Format,
    bounds: Bounds | None,
    take: Callable[[Iterable[Quad]], _Taken],
) -> tuple[_Taken, str, dict[str, str]]:
    """Return what is taken of the triples of a source, its text, and its prefixes.

    Raises:
        RdfError: as ``parse_source``, but not if it holds no triple.
    """
    text, content = _prepared(source, known)
    check_expansion(source.name, text, known.rdf, bounds.characters if bounds else None)
    most = bounds.triples if bounds else None
    base = None if known.rdf == RdfFormat.JSON_LD else source.base
    try:
        parser = parse(content.encode(), known.rdf, base_iri=base, rename_blank_nodes=True)
        taken = take(islice(parser, most))
        has_more = next(parser, None) is not None
    except SyntaxError as error:
        location = f"{source.name}:{error.lineno}" if error.lineno else source.name
        problem = str(error.msg).split(": ", 1)[-1]
        raise RdfError(f"{location}: not valid {known.media_type}: {problem}.") from None
    if has_more:
        raise RdfError(f"{source.name}: holds more than {most:,} triples.")
    if known.rdf == RdfFormat.RDF_XML:
        check_well_formed(source.name, text)
    return taken, text, parser.prefixes


def _as_lines(quads: Iterable[Quad]) -> bytes:
    triples = map(attrgetter("triple"), quads)
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _open(name: str, options: InputOptions) -> RdfFile:
    told = format_named(options.format) if options.format else None
    source = read_source(name, allow_network=options.allow_network)
    known = told or format_of(source.path) or source.format
    if known is None:
        raise RdfError(f"{source.name}: {unknown_format(source.path)}")
    return parse_source(source, known)


def _prepared(source: Source, known: Format) -> tuple[str, str]:
    """Return the text of a source, and the text to parse, which has the same lines."""
    if known.rdf == RdfFormat.RDF_XML:
        text = decode(source.name, source.content)
        check_entities(source.name, text)
        check_depth(source.name, text)
        return text, declared_as_utf8(with_whole_texts(text))
    text = _decoded(source)
    check_nesting(source.name, text, known.rdf)
    if known.rdf == RdfFormat.JSON_LD:
        return text, with_bundled_context(source.name, text)
    if known.rdf in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        return text, _VERSION.sub(r"\1", text) if "VERSION" in text else text
    return text, text


def _decoded(source: Source) -> str:
    try:
        return source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.content[: error.start].count(b"\n") + 1
        raise RdfError(f"{source.name}:{line}: not UTF-8. Save the file as UTF-8.") from None
