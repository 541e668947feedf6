"""The release as DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), as DCAT-AP 3 asks for it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ....project import current
from ....rdf.namespaces import BASE, PUBLISHER, VOCABULARY
from ..manifest import File, Manifest
from .description import Description, name, release_iri, typed
from .languages import LANGUAGES

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "text/turtle": "RDF_TURTLE",
    "application/ld+json": "JSON_LD",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/trig": "RDF_TRIG",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/atom+xml": "ATOM",
    "application/rdf+xml": "RDF_XML",
    "application/graphml+xml": "XML",
    "application/geo+json": "GEOJSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.sqlite3": "BIN",
    "text/html": "HTML",
    "application/json": "JSON",
    "text/markdown": "TXT",
}
# DCAT-AP wants to see of what class the values are, although others say so themselves.
_CLASSES = {
    "dcterms:accessRights": "dcterms:RightsStatement",
    "dcterms:conformsTo": "dcterms:Standard",
    "dcterms:format": "dcterms:MediaTypeOrExtent",
    "dcterms:language": "dcterms:LinguisticSystem",
    "dcterms:license": "dcterms:LicenseDocument",
    "dcat:compressFormat": "dcterms:MediaType",
    "dcat:mediaType": "dcterms:MediaType",
    "dcat:theme": "skos:Concept",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
}
_THEMES = {
    "TECH": "Science and technology",
    "GOVE": "Government and public sector",
    "INTR": "International issues",
}


def dcat(manifest: Manifest) -> bytes:
    """Write the dataset, this version of it, and a distribution for each data file."""
    description = Description()
    dataset, release = (
        f"{BASE}dataset/{manifest.dataset}",
        release_iri(manifest.dataset, manifest.version),
    )
    description.add(dataset, "dcat:hasCurrentVersion", NamedNode(release))
    description.add(release, "rdf:type", name("dcat:Dataset"))
    description.add_texts(release, "dcterms:title", manifest.title)
    description.add_texts(release, "dcterms:description", manifest.description)
    description.add(release, "dcterms:identifier", Literal(release))
    description.add(release, "dcat:isVersionOf", NamedNode(dataset))
    description.add(release, "dcat:version", Literal(manifest.version))
    description.add(release, "owl:versionInfo", Literal(manifest.version))
    description.add(release, "dcterms:issued", typed(manifest.issued, "date"))
    description.add(release, "dcterms:modified", typed(manifest.modified, "date"))
    description.add(release, "dcterms:publisher", NamedNode(PUBLISHER))
    description.add(release, "dcterms:license", NamedNode(manifest.licence))
    description.add_texts(release, "dcterms:rights", manifest.rights)
    description.add(release, "prov:wasDerivedFrom", NamedNode(manifest.source))
    description.add(release, "dcterms:accessRights", NamedNode(_AUTHORITY + "access-right/PUBLIC"))
    codes = (LANGUAGES[language] for language in manifest.title if language in LANGUAGES)
    languages = (NamedNode(f"{_AUTHORITY}language/{code}") for code in codes)
    description.add(release, "dcterms:language", *languages)
    for code, label in _THEMES.items():
        theme = f"{_AUTHORITY}data-theme/{code}"
        description.add(release, "dcat:theme", NamedNode(theme))
        description.add(theme, "skos:prefLabel", Literal(label, language="en"))
    for language, words in current().keywords.items():
        keywords = (Literal(word, language=language) for word in words)
        description.add(release, "dcat:keyword", *keywords)
    standards = (f"{VOCABULARY}ns/{manifest.ontology}", f"{VOCABULARY}shapes/{manifest.shapes}")
    description.add(release, "dcterms:conformsTo", *map(NamedNode, standards))
    files = [file for file in manifest.files if file.role == "data"]
    description.add(
        release, "dcat:distribution", *(NamedNode(f"{release}/{f.path}") for f in files)
    )
    for file in files:
        _distribution(description, release, file, manifest)
    description.add(PUBLISHER, "rdf:type", name("foaf:Agent"))
    description.add(PUBLISHER, "foaf:name", Literal(manifest.publisher))
    if contact := current().contact:
        _contact_point(description, release, contact, manifest)
    description.classify(_CLASSES)
    return description.to_turtle()


def _contact_point(
    description: Description, release: str, contact: str, manifest: Manifest
) -> None:
    point = f"{release}#contact"
    by = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
    description.add(release, "dcat:contactPoint", NamedNode(point))
    description.add(point, "rdf:type", name("vcard:Organization"))
    description.add(point, "vcard:fn", Literal(manifest.publisher))
    description.add(point, by, NamedNode(contact))


def _distribution(description: Description, release: str, file: File, manifest: Manifest) -> None:
    iri = f"{release}/{file.path}"
    media_type = manifest.file(file.packs).media_type if file.packs else file.media_type
    description.add(iri, "rdf:type", name("dcat:Distribution"))
    description.add(iri, "dcterms:title", Literal(file.path))
    description.add(iri, "dcat:accessURL", NamedNode(release))
    description.add(iri, "dcat:downloadURL", NamedNode(iri))
    description.add(iri, "dcat:mediaType", NamedNode(_MEDIA_TYPES + media_type))
    description.add(
        iri, "dcterms:format", NamedNode(f"{_AUTHORITY}file-type/{_FORMATS[media_type]}")
    )
    if file.packs:
        description.add(iri, "dcat:compressFormat", NamedNode(_MEDIA_TYPES + file.media_type))
    description.add(iri, "dcat:byteSize", typed(file.size, "nonNegativeInteger"))
    description.add(iri, "dcterms:license", NamedNode(manifest.licence))
    description.add(iri, "dcterms:issued", typed(manifest.issued, "date"))
    description.add(iri, "spdx:checksum", NamedNode(f"{iri}#checksum"))
    description.add(f"{iri}#checksum", "rdf:type", name("spdx:Checksum"))
    description.add(f"{iri}#checksum", "spdx:algorithm", name("spdx:checksumAlgorithm_sha256"))
    description.add(f"{iri}#checksum", "spdx:checksumValue", typed(file.sha256, "hexBinary"))
