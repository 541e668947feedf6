"""The release as DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), as DCAT-AP 3 asks for it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ....rdf.namespaces import BASE
from ..manifest import File, Manifest
from .statements import Statements, name, release_iri, typed

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "text/turtle": "RDF_TURTLE",
    "application/ld+json": "JSON_LD",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/trig": "RDF_TRIG",
    "text/csv": "CSV",
    "application/atom+xml": "ATOM",
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
_KEYWORDS = ("cyber norms", "cybersecurity", "multistakeholder", "Paris Call")
_PUBLISHER = BASE + "agent/maintainers"


def dcat(manifest: Manifest) -> bytes:
    """Write the dataset, this version of it, and a distribution for each data file."""
    said = Statements()
    dataset, release = (
        f"{BASE}dataset/{manifest.dataset}",
        release_iri(manifest.dataset, manifest.version),
    )
    said.say(dataset, "dcat:hasCurrentVersion", NamedNode(release))
    said.say(release, "rdf:type", name("dcat:Dataset"))
    said.texts(release, "dcterms:title", manifest.title)
    said.texts(release, "dcterms:description", manifest.description)
    said.say(release, "dcterms:identifier", Literal(release))
    said.say(release, "dcat:isVersionOf", NamedNode(dataset))
    said.say(release, "dcat:version", Literal(manifest.version))
    said.say(release, "owl:versionInfo", Literal(manifest.version))
    said.say(release, "dcterms:issued", typed(manifest.issued, "date"))
    said.say(release, "dcterms:modified", typed(manifest.modified, "date"))
    said.say(release, "dcterms:publisher", NamedNode(_PUBLISHER))
    said.say(release, "dcterms:license", NamedNode(manifest.licence))
    said.texts(release, "dcterms:rights", manifest.rights)
    said.say(release, "prov:wasDerivedFrom", NamedNode(manifest.source))
    said.say(release, "dcterms:accessRights", NamedNode(_AUTHORITY + "access-right/PUBLIC"))
    languages = (NamedNode(f"{_AUTHORITY}language/{code}") for code in ("ENG", "FRA"))
    said.say(release, "dcterms:language", *languages)
    for code, label in _THEMES.items():
        theme = f"{_AUTHORITY}data-theme/{code}"
        said.say(release, "dcat:theme", NamedNode(theme))
        said.say(theme, "skos:prefLabel", Literal(label, language="en"))
    said.say(release, "dcat:keyword", *(Literal(word, language="en") for word in _KEYWORDS))
    standards = (f"{BASE}ns/{manifest.ontology}", f"{BASE}shapes/{manifest.shapes}")
    said.say(release, "dcterms:conformsTo", *map(NamedNode, standards))
    files = [file for file in manifest.files if file.role == "data"]
    said.say(release, "dcat:distribution", *(NamedNode(f"{release}/{f.path}") for f in files))
    for file in files:
        _distribution(said, release, file, manifest)
    said.say(_PUBLISHER, "rdf:type", name("foaf:Agent"))
    said.say(_PUBLISHER, "foaf:name", Literal(manifest.publisher))
    said.classify(_CLASSES)
    return said.to_turtle()


def _distribution(said: Statements, release: str, file: File, manifest: Manifest) -> None:
    iri = f"{release}/{file.path}"
    media_type = manifest.file(file.packs).media_type if file.packs else file.media_type
    said.say(iri, "rdf:type", name("dcat:Distribution"))
    said.say(iri, "dcterms:title", Literal(file.path))
    said.say(iri, "dcat:accessURL", NamedNode(release))
    said.say(iri, "dcat:downloadURL", NamedNode(iri))
    said.say(iri, "dcat:mediaType", NamedNode(_MEDIA_TYPES + media_type))
    said.say(iri, "dcterms:format", NamedNode(f"{_AUTHORITY}file-type/{_FORMATS[media_type]}"))
    if file.packs:
        said.say(iri, "dcat:compressFormat", NamedNode(_MEDIA_TYPES + file.media_type))
    said.say(iri, "dcat:byteSize", typed(file.size, "nonNegativeInteger"))
    said.say(iri, "dcterms:license", NamedNode(manifest.licence))
    said.say(iri, "dcterms:issued", typed(manifest.issued, "date"))
    said.say(iri, "spdx:checksum", NamedNode(f"{iri}#checksum"))
    said.say(f"{iri}#checksum", "rdf:type", name("spdx:Checksum"))
    said.say(f"{iri}#checksum", "spdx:algorithm", name("spdx:checksumAlgorithm_sha256"))
    said.say(f"{iri}#checksum", "spdx:checksumValue", typed(file.sha256, "hexBinary"))
