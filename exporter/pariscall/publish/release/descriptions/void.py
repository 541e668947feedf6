"""The release as VoID (https://www.w3.org/TR/void/): what is in the graph, counted."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ....rdf.namespaces import BASE, MSC
from ....rdf.statistics import LINKED, Statistics
from ..manifest import Manifest
from .description import Description, name, release_iri, typed


def void(manifest: Manifest) -> bytes:
    """Write the counts of the graph: in all, by class, by property, and its links to others."""
    description = Description()
    dataset = release_iri(manifest.dataset, manifest.version)
    description.add(dataset, "rdf:type", name("void:Dataset"))
    description.add_texts(dataset, "dcterms:title", manifest.title)
    description.add(dataset, "dcterms:license", NamedNode(manifest.licence))
    description.add(dataset, "void:uriSpace", Literal(BASE))
    description.add(dataset, "void:vocabulary", NamedNode(MSC))
    whole = manifest.statistics.triples  # the mappings alone and R2RML are Turtle too
    dumps = (file for file in manifest.files if file.role == "data" and file.triples == whole)
    description.add(dataset, "void:dataDump", *(NamedNode(f"{dataset}/{f.path}") for f in dumps))
    add_counts(description, dataset, manifest.statistics)
    return description.to_turtle()


def add_counts(description: Description, dataset: str, found: Statistics) -> None:
    """Add the counts of a dataset: in all, by class, by property, and its links."""
    document = dataset.partition("#")[0]
    for property_name, number in (
        ("void:triples", found.triples),
        ("void:entities", found.entities),
        ("void:distinctSubjects", found.subjects),
        ("void:distinctObjects", found.objects),
        ("void:classes", len(found.classes)),
        ("void:properties", len(found.properties)),
    ):
        description.add(dataset, property_name, typed(number, "integer"))
    for position, (iri, number) in enumerate(found.classes.items(), 1):
        part = f"{document}#class-{position}"
        description.add(dataset, "void:classPartition", NamedNode(part))
        description.add(part, "void:class", NamedNode(iri))
        description.add(part, "void:entities", typed(number, "integer"))
    for position, (iri, number) in enumerate(found.properties.items(), 1):
        part = f"{document}#property-{position}"
        description.add(dataset, "void:propertyPartition", NamedNode(part))
        description.add(part, "void:property", NamedNode(iri))
        description.add(part, "void:triples", typed(number, "integer"))
    position = 0
    for target, links in found.links.items():
        description.add(target, "rdf:type", name("void:Dataset"))
        description.add(target, "void:uriSpace", Literal(LINKED[target]))
        for iri, number in links.items():
            position += 1
            link = f"{document}#links-{position}"
            description.add(link, "rdf:type", name("void:Linkset"))
            description.add(link, "void:subjectsTarget", NamedNode(dataset))
            description.add(link, "void:objectsTarget", NamedNode(target))
            description.add(link, "void:linkPredicate", NamedNode(iri))
            description.add(link, "void:triples", typed(number, "integer"))
