"""RDF files from outside, read strictly and without the network.

Parsing is Oxigraph's, which accepts valid documents only. A JSON-LD file may name our own
context, which comes with the package; any other context by address is refused. RDF/XML with
a document type is refused, because its entities can name files or grow without bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from .. import bundle
from ..errors import EmptyError, RdfError, relative
from .formats import FORMATS, Format, format_of
from .namespaces import BASE

CONTEXT_IRI = BASE + "context/v1.jsonld"


@dataclass(frozen=True)
class RdfFile:
    """An RDF file: its text, and its statements in the order in which the text gives them.

    Blank nodes of different files are kept apart.
    """

    name: str
    format: Format
    text: str
    quads: list[Quad]
    prefixes: dict[str, str]


def read_files(paths: Sequence[Path]) -> list[Quad]:
    """Read the statements of RDF files, whatever graphs they are in.

    Raises:
        RdfError: as ``open_file``.
    """
    return [quad for path in paths for quad in read_file(path)]


def read_file(path: Path) -> list[Quad]:
    """Read the statements of one RDF file.

    Raises:
        RdfError: as ``open_file``.
    """
    return open_file(path).quads


def open_file(path: Path) -> RdfFile:
    """Read an RDF file whole.

    Raises:
        RdfError: if it cannot be read, is not valid in the format of its name, would need
            another file to be understood, or holds no statement.
    """
    name = relative(path)
    kind = format_of(path)
    if kind is None:
        known = ", ".join(suffix for known in FORMATS for suffix in known.suffixes)
        raise RdfError(f"{name}: the name does not tell the format. It must end in one of {known}.")
    text = read_text(path)
    content = text.encode()
    if kind.rdf == RdfFormat.JSON_LD:
        content = with_bundled_context(name, content)
    if kind.rdf == RdfFormat.RDF_XML and b"<!DOCTYPE" in content:
        raise RdfError(f"{name}: a document type is not read. Remove the <!DOCTYPE>.")
    try:
        parser = parse(content, format=kind.rdf, rename_blank_nodes=True)
        quads = list(parser)
    except SyntaxError as error:
        place = f"{name}:{error.lineno}" if error.lineno else name
        problem = str(error.msg).split(": ", 1)[-1]
        raise RdfError(f"{place}: not valid {kind.media_type}: {problem}.") from None
    if not quads:
        raise EmptyError(f"{name}: the file holds no statement.")
    return RdfFile(name, kind, text, quads, parser.prefixes)


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises:
        RdfError: if there is no such file, or it is not UTF-8.
    """
    name = relative(path)
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise RdfError(f"{name}: this is a folder. Name the files in it.") from None
    except OSError as error:
        raise RdfError(f"{name}: {error.strerror}.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RdfError(f"{name}:{line}: not UTF-8. Save the file as UTF-8.") from None


def with_bundled_context(name: str, content: bytes) -> bytes:
    """Put our own context into a JSON-LD document where it is named by its address.

    Raises:
        RdfError: if any other context is named by its address.
    """
    try:
        document = json.loads(content)
    except ValueError:
        return content  # the parser will say where it is wrong
    except RecursionError:
        raise RdfError(f"{name}: the JSON is nested too deeply.") from None
    remote = set(_remote_contexts(document))
    if remote - {CONTEXT_IRI}:
        address = min(remote - {CONTEXT_IRI})
        raise RdfError(f"{name}: the context {address} is not fetched. Put it into the file.")
    if not remote:
        return content
    return json.dumps(_inlined(document, bundled_context())).encode()


@cache
def bundled_context() -> dict[str, Any]:
    """Read our own context."""
    context: dict[str, Any] = json.loads(bundle.CONTEXT.read_bytes())["@context"]
    return context


def _remote_contexts(node: Any) -> Iterator[str]:
    for key, value in _members(node):
        if key == "@context":
            members = value if isinstance(value, list) else [value]
            yield from (member for member in members if isinstance(member, str))
        elif key == "@import" and isinstance(value, str):
            yield value
        yield from _remote_contexts(value)


def _inlined(node: Any, own: Any) -> Any:
    if isinstance(node, list):
        return [_inlined(member, own) for member in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _own_context(value, own) if key == "@context" else _inlined(value, own)
        for key, value in node.items()
    }


def _own_context(value: Any, own: Any) -> Any:
    if isinstance(value, list):
        return [own if member == CONTEXT_IRI else member for member in value]
    return own if value == CONTEXT_IRI else value


def _members(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        for member in node:
            yield "", member
