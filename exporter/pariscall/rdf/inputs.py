"""Data as a Python program has them: paths, text, an rdflib graph or a pyoxigraph store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Quad, RdfFormat, Store, serialize

from ..errors import MisuseError
from .formats import format_named
from .rdflib_terms import is_graph, to_quads
from .reader import DEFAULT, InputOptions, RdfFile, open_inputs, parse_source
from .sources import Source

if TYPE_CHECKING:
    import rdflib

PathLike = str | os.PathLike[str]
Data: TypeAlias = "PathLike | bytes | Sequence[PathLike] | rdflib.Graph | Store"

_KINDS = "Pass paths, text with its format, a graph of rdflib or a store of pyoxigraph."


def open_data(data: Data, options: InputOptions = DEFAULT) -> list[RdfFile]:
    """Read data of any kind; if its format is told, a str or bytes is the text itself.

    A graph or store is read as the file ``<graph>``, which has a line of N-Quads for each of its
    statements, in order.

    Raises:
        MisuseError: if the format is unknown, or missing where it is needed.
        RdfError: as ``open_file``.
    """
    if isinstance(data, Store):
        return [_of_quads(data)]
    if is_graph(data):
        prefixes = {prefix: str(iri) for prefix, iri in data.namespaces()}
        return [replace(_of_quads(to_quads(data)), prefixes=prefixes)]
    if isinstance(data, str | bytes) and options.format:
        content = data.encode() if isinstance(data, str) else data
        return [_of_text("<data>", options.format, content)]
    return open_inputs(paths_of(data), options)


def are_files(data: Data, options: InputOptions = DEFAULT) -> bool:
    """Report whether data are named by their paths, and no graph, store or text."""
    is_text = isinstance(data, str | bytes) and options.format is not None
    return not (is_text or isinstance(data, Store) or is_graph(data))


def paths_of(data: Data) -> list[str]:
    """Return the paths that data are named by.

    Raises:
        MisuseError: if data are no paths, or a text whose format is missing.
    """
    if isinstance(data, bytes) or (isinstance(data, str) and "\n" in data):
        raise MisuseError("the format of a text must be given, as in format='ttl'.")
    paths = [data] if isinstance(data, str | os.PathLike) else data
    if not isinstance(paths, Sequence):
        raise MisuseError(f"{type(data).__name__} is not a kind of data. {_KINDS}")
    return [os.fspath(path) for path in paths]


def _of_quads(quads: Iterable[Quad]) -> RdfFile:
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    lines = sorted(line for line in text.split("\n") if line)
    return _of_text("<graph>", "nq", "".join(f"{line}\n" for line in lines).encode())


def _of_text(name: str, format_name: str, content: bytes) -> RdfFile:
    return parse_source(Source(name, content, Path(name)), format_named(format_name))
