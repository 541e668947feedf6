"""The release as Croissant 1.0, with which libraries for machine learning read data sets.

See https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from ....project import in_language
from ..manifest import Field, File, Manifest
from .description import main_language, release_iri

_TYPES = {
    "anyURI": "sc:URL",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "string": "sc:Text",
}
# The context that the specification demands, terms that are not used here included.
_TERMS = (
    "citeAs column equivalentProperty extract field fileProperty fileObject fileSet format "
    "includes isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated "
    "replace samplingRate separator source subField transform"
)
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}


def croissant(manifest: Manifest) -> bytes:
    """Write the data files, and for each table of them what a record is made of."""
    release = release_iri(manifest.dataset, manifest.version)
    main = main_language(manifest)
    files = [file for file in manifest.files if file.role == "data"]
    document = {
        "@context": {"@language": main, **_CONTEXT},
        "@type": "sc:Dataset",
        "@id": release,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": in_language(manifest.title, main),
        "description": in_language(manifest.description, main),
        "version": manifest.version,
        "datePublished": manifest.issued,
        "dateModified": manifest.modified,
        "license": manifest.licence,
        "url": release,
        "citeAs": _citation(manifest, release),
        "creator": {"@type": "sc:Organization", "name": manifest.publisher},
        "distribution": [_file_object(file) for file in files],
        "recordSet": [_record_set(file) for file in files if file.fields],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _citation(manifest: Manifest, release: str) -> str:
    """Cite the release in BibTeX, as Croissant asks."""
    title = in_language(manifest.title, main_language(manifest))
    return (
        f"@misc{{{manifest.dataset}-{manifest.version}, title = {{{title}}}, "
        f"author = {{{{{manifest.publisher}}}}}, version = {{{manifest.version}}}, "
        f"year = {{{manifest.issued[:4]}}}, url = {{{release}}}}}"
    )


def _file_object(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _record_set(file: File) -> dict[str, Any]:
    name = PurePath(file.path).stem
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(name, file, field) for field in file.fields or ()],
    }


def _field(record_set: str, file: File, field: Field) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{record_set}/{field.name}",
        "name": field.name,
        "dataType": _TYPES[field.datatype],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": field.name}},
    }
