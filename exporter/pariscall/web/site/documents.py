"""The documents of the site, and the RDF of each: together they hold the graph of the dumps.

A document has the statements about the resources that it describes, and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from pyoxigraph import Quad, RdfFormat

from ... import bundle
from ...errors import GateError
from ...publish.dumps.jsonld import JsonLdWriter
from ...publish.dumps.rdfxml import RdfXmlWriter
from ...publish.vocabularies import converted
from ...rdf.merge import merge_turtle
from ...rdf.namespaces import DATASET, PUBLISHER, VOCABULARY
from ...rdf.ntriples import text_of
from ...rdf.reader import read_file
from ...rdf.serializer import as_turtle, convert
from ...rdf.turtle import turtle, turtle_block, turtle_document
from ...rdf.vocabulary import version_iri
from ...tables.document import Document
from ...tables.graph import TableGraph
from ...validation.shape_files import SETS, project_shapes
from ..routes.pages import PageAddress, locate
from .plain import SUFFIX, plain

PROJECT = "index"


def group(graph: TableGraph) -> dict[str, Document]:
    """Return the statements of each document of the site.

    The project itself is described by its datasets and its calls.

    Raises:
        GateError: if the IRI of a resource has no document.
    """
    documents: dict[str, Document] = {PROJECT: Document()}
    for part in graph.documents():
        for description in part.descriptions.values():
            location = _location(text_of(description.subject))
            if location is None:
                raise GateError(f"{description.subject}: this IRI leads to no document.")
            document = documents.setdefault(location.document, Document(part.rows))
            document.descriptions[description.subject] = description
            if location.route.name in ("dataset", "call"):
                documents[PROJECT].descriptions[description.subject] = description
    return documents


def _location(iri: str) -> PageAddress | None:
    """Return the place of a resource; a publisher with an IRI of its own goes to the dataset."""
    return locate(iri) or (locate(DATASET.value) if iri == PUBLISHER else None)


def represent(name: str, document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield a document in each format: suffix and content."""
    described = document.descriptions.values()
    blocks = [turtle_block(each.subject, each.types, each.properties) for each in described]
    yield ".ttl", turtle_document(blocks).encode()
    written = BytesIO()
    jsonld = JsonLdWriter(written)
    objects = list(jsonld.objects(document))
    for each in objects:
        jsonld.write_object(each)
    jsonld.close()
    yield ".jsonld", written.getvalue()
    if name != PROJECT:
        yield SUFFIX, plain(name, objects)
    lines = sorted(line for each in described for line in each.lines())
    yield ".nt", "".join(lines).encode()
    written = BytesIO()
    rdfxml = RdfXmlWriter(written)
    rdfxml.write(document)
    rdfxml.close()
    yield ".rdf", written.getvalue()


def vocabularies() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the documents of the vocabularies: name, and content by suffix.

    The Turtle is the authored file, except that each code list is a document, and that the
    shapes of the project follow ours.
    """
    own = project_shapes()
    documents = vocabulary_documents()
    conversions = converted(documents, ("jsonld", "nt", "rdf"))
    for name, paths in documents.items():
        ours = [path for path in paths if path not in own]
        # The prefixes and the base of a file hold for what comes after it.
        text = merge_turtle(ours) + (b"\n" + as_turtle(own) if len(ours) < len(paths) else b"")
        formats = {f".{suffix}": content for suffix, content in conversions[name].items()}
        yield name, {".ttl": text, **formats}
    for name, about in groupby(read_file(bundle.CODES), key=_document):
        quads = list(about)
        yield name, {".ttl": turtle(quad.triple for quad in quads).encode(), **_converted(quads)}


@cache
def vocabulary_documents() -> dict[str, list[Path]]:
    """Return the documents that are whole files, with their files.

    The shapes of the project are among the shapes, and in no version of ours.
    """
    shapes = list(dict.fromkeys(path for paths in SETS.values() for path in paths))
    return {
        "ns": [bundle.ONTOLOGY],
        version_iri(bundle.ONTOLOGY).removeprefix(VOCABULARY): [bundle.ONTOLOGY],
        "ns/align": [bundle.ALIGNMENTS],
        "shapes": [*shapes, *project_shapes()],
        version_iri(shapes[0]).removeprefix(VOCABULARY): shapes,
    }


def _converted(quads: Iterable[Quad]) -> dict[str, bytes]:
    known = list(quads)
    return {
        ".jsonld": convert(known, RdfFormat.JSON_LD),
        ".nt": convert(known, RdfFormat.N_TRIPLES),
        ".rdf": convert(known, RdfFormat.RDF_XML),
    }


def _document(quad: Quad) -> str:
    location = locate(str(quad.subject)[1:-1])
    return location.document if location else ""
