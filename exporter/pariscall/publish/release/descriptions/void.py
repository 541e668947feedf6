"""The release as VoID (https://www.w3.org/TR/void/): what is in the graph, counted."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ....rdf.namespaces import BASE, MSC
from ....rdf.statistics import LINKED, Statistics
from ..manifest import Manifest
from .statements import Statements, name, release_iri, typed


def void(manifest: Manifest) -> bytes:
    """Write the counts of the graph: whole, by class, by property, and its links to others."""
    said = Statements()
    dataset = release_iri(manifest.dataset, manifest.version)
    said.say(dataset, "rdf:type", name("void:Dataset"))
    said.texts(dataset, "dcterms:title", manifest.title)
    said.say(dataset, "dcterms:license", NamedNode(manifest.licence))
    said.say(dataset, "void:uriSpace", Literal(BASE))
    said.say(dataset, "void:vocabulary", NamedNode(MSC))
    dumps = (file for file in manifest.files if file.role == "data" and file.triples)
    said.say(dataset, "void:dataDump", *(NamedNode(f"{dataset}/{f.path}") for f in dumps))
    add_counts(said, dataset, manifest.statistics)
    return said.to_turtle()


def add_counts(said: Statements, dataset: str, found: Statistics) -> None:
    """Say what was counted in a dataset: whole, by class, by property, and its links."""
    document = dataset.partition("#")[0]
    for property_name, number in (
        ("void:triples", found.triples),
        ("void:entities", found.entities),
        ("void:distinctSubjects", found.subjects),
        ("void:distinctObjects", found.objects),
        ("void:classes", len(found.classes)),
        ("void:properties", len(found.properties)),
    ):
        said.say(dataset, property_name, typed(number, "integer"))
    for position, (iri, number) in enumerate(found.classes.items(), 1):
        part = f"{document}#class-{position}"
        said.say(dataset, "void:classPartition", NamedNode(part))
        said.say(part, "void:class", NamedNode(iri))
        said.say(part, "void:entities", typed(number, "integer"))
    for position, (iri, number) in enumerate(found.properties.items(), 1):
        part = f"{document}#property-{position}"
        said.say(dataset, "void:propertyPartition", NamedNode(part))
        said.say(part, "void:property", NamedNode(iri))
        said.say(part, "void:triples", typed(number, "integer"))
    for target, links in found.links.items():
        said.say(target, "rdf:type", name("void:Dataset"))
        said.say(target, "void:uriSpace", Literal(LINKED[target]))
        for position, (iri, number) in enumerate(links.items(), 1):
            link = f"{document}#links-{position}"
            said.say(link, "rdf:type", name("void:Linkset"))
            said.say(link, "void:subjectsTarget", NamedNode(dataset))
            said.say(link, "void:objectsTarget", NamedNode(target))
            said.say(link, "void:linkPredicate", NamedNode(iri))
            said.say(link, "void:triples", typed(number, "integer"))
