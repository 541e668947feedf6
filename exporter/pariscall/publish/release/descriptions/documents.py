"""The release in JSON and YAML, for people and tools that do not read RDF."""

from __future__ import annotations

import json
from typing import Any

import yaml

from ....project import Texts, in_language
from ....rdf.namespaces import PUBLISHER
from ..manifest import Field, File, Manifest
from .description import main_language, release_iri

_SPDX = "https://spdx.org/licenses/"
# The types of Table Schema (https://specs.frictionlessdata.io/table-schema/), by those of XSD.
_TYPES = {
    "anyURI": {"type": "string", "format": "uri"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    "integer": {"type": "integer"},
    "string": {"type": "string"},
}


def schema_org(manifest: Manifest) -> bytes:
    """Write a Dataset of https://schema.org/Dataset, which search engines read."""
    release = release_iri(manifest.dataset, manifest.version)
    return _json(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": release,
            "name": _main(manifest.title, manifest),
            **_other_titles(manifest),
            "description": _main(manifest.description, manifest),
            "version": manifest.version,
            "datePublished": manifest.issued,
            "dateModified": manifest.modified,
            "license": manifest.licence,
            "isAccessibleForFree": True,
            "inLanguage": list(manifest.title),
            "creator": {"@type": "Organization", "name": manifest.publisher},
            "isBasedOn": manifest.source,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.path,
                    "contentUrl": f"{release}/{file.path}",
                    "encodingFormat": file.media_type,
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
                for file in _data(manifest)
            ],
        }
    )


def datapackage(manifest: Manifest) -> bytes:
    """Write a Data Package (https://specs.frictionlessdata.io/data-package/)."""
    licence = manifest.licence.removeprefix(_SPDX)
    return _json(
        {
            "profile": "data-package",
            "name": manifest.dataset,
            "id": release_iri(manifest.dataset, manifest.version),
            "title": _main(manifest.title, manifest),
            "description": _main(manifest.description, manifest),
            "version": manifest.version,
            "created": f"{manifest.issued}T00:00:00Z",
            "licenses": [{"name": licence, "path": manifest.licence}],
            "sources": [{"title": _main(manifest.rights, manifest), "path": manifest.source}],
            "contributors": [{"title": manifest.publisher, "role": "publisher"}],
            "resources": [
                {
                    "name": file.path.lower().replace("/", "-"),
                    "path": file.path,
                    "mediatype": file.media_type,
                    "bytes": file.size,
                    "hash": f"sha256:{file.sha256}",
                    **({"encoding": "utf-8"} if _is_text(file) else {}),
                    **_table(file),
                }
                for file in manifest.files
                if file.role != "description"
            ],
        }
    )


def _is_text(file: File) -> bool:
    return not file.packs and not file.path.endswith((".sqlite", ".xlsx"))


def _table(file: File) -> dict[str, Any]:
    if file.fields is None:  # a validator would take .xlsx for a table unless told
        return {"profile": "data-resource", "type": "file"}
    return {
        "profile": "tabular-data-resource",
        "format": "csv",
        "schema": {"fields": [_field(field) for field in file.fields]},
    }


def _field(field: Field) -> dict[str, Any]:
    found = {"required": field.required, "pattern": field.pattern, "minimum": field.minimum}
    constraints = {name: value for name, value in found.items() if value not in (None, False)}
    return {
        "name": field.name,
        **_TYPES[field.datatype],
        **({"constraints": constraints} if constraints else {}),
    }


def ro_crate(manifest: Manifest) -> bytes:
    """Write the metadata of an RO-Crate (https://www.researchobject.org/ro-crate/1.1/)."""
    files = [file for file in manifest.files if file.role != "description"]
    return _json(
        {
            "@context": "https://w3id.org/ro/crate/1.1/context",
            "@graph": [
                {
                    "@id": "ro-crate-metadata.json",
                    "@type": "CreativeWork",
                    "about": {"@id": "./"},
                    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                },
                {
                    "@id": "./",
                    "@type": "Dataset",
                    "identifier": release_iri(manifest.dataset, manifest.version),
                    "name": _main(manifest.title, manifest),
                    "description": _main(manifest.description, manifest),
                    "version": manifest.version,
                    "datePublished": manifest.issued,
                    "license": {"@id": manifest.licence},
                    "author": {"@id": PUBLISHER},
                    "publisher": {"@id": PUBLISHER},
                    "hasPart": [{"@id": file.path} for file in files],
                },
                {"@id": PUBLISHER, "@type": "Organization", "name": manifest.publisher},
                {
                    "@id": manifest.licence,
                    "@type": "CreativeWork",
                    "name": manifest.licence.removeprefix(_SPDX),
                },
                *(
                    {
                        "@id": file.path,
                        "@type": "File",
                        "name": file.path,
                        "encodingFormat": file.media_type,
                        "contentSize": str(file.size),
                        "sha256": file.sha256,
                    }
                    for file in files
                ),
            ],
        }
    )


def citation(manifest: Manifest) -> bytes:
    """Write a citation (https://citation-file-format.github.io/)."""
    document = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them.",
        "type": "dataset",
        "title": _main(manifest.title, manifest),
        "abstract": _main(manifest.description, manifest),
        "authors": [{"name": manifest.publisher}],
        "version": manifest.version,
        "date-released": manifest.issued,
        "license": manifest.licence.removeprefix(_SPDX),
        "url": release_iri(manifest.dataset, manifest.version),
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000).encode()


def _main(texts: Texts, manifest: Manifest) -> str:
    return in_language(texts, main_language(manifest))


def _other_titles(manifest: Manifest) -> dict[str, Any]:
    main = main_language(manifest)
    others = [title for language, title in manifest.title.items() if language != main]
    return {"alternateName": others[0] if len(others) == 1 else others} if others else {}


def _data(manifest: Manifest) -> list[File]:
    return [file for file in manifest.files if file.role == "data"]


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
