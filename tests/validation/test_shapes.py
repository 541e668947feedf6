"""Every shape holds on the example, fires on one change to it, and means the same to pySHACL."""

from __future__ import annotations

import re

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from pariscall import bundle
from pariscall.rdf.namespaces import BASE, RDF, SH
from pariscall.rdf.reader import read_file
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.pyshacl import PyShaclEngine
from pariscall.validation.shape_files import SETS
from support.faults import FAULTS
from support.faulty_examples import SHAPES, fired, graphs_for_every_fault, with_faults

PROPERTY = NamedNode(SH + "property")


@pytest.fixture(scope="module")
def shapes() -> list[Quad]:
    return read_shapes(SETS)


@pytest.fixture(scope="module")
def engine(shapes: list[Quad]) -> OxigraphEngine:
    return OxigraphEngine(shapes)


def said(shapes: list[Quad], shape: NamedNode) -> dict[str, list[Quad]]:
    """Return what a shape says, by the name of the SHACL property."""
    found: dict[str, list[Quad]] = {}
    for quad in shapes:
        if quad.subject == shape and quad.predicate.value.startswith(SH):
            found.setdefault(quad.predicate.value.removeprefix(SH), []).append(quad)
    return found


def is_target(quad: Quad) -> bool:
    return quad.predicate.value.startswith(SH + "target")


def reporting(shapes: list[Quad]) -> set[NamedNode]:
    """Return the shapes that a result can name.

    They have a target, or one with a target lists them, and they ask more than such a list.
    """
    targeted = {quad.subject for quad in shapes if is_target(quad)}
    listed = {q.object for q in shapes if q.subject in targeted and q.predicate == PROPERTY}
    return {
        shape
        for shape in shape_nodes(shapes)
        if shape in targeted | listed
        and {name for name in said(shapes, shape) if not name.startswith("target")} != {"property"}
    }


def shape_nodes(shapes: list[Quad]) -> set[NamedNode]:
    kinds = {NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")}
    return {
        quad.subject
        for quad in shapes
        if quad.predicate.value == RDF + "type"
        and quad.object in kinds
        and isinstance(quad.subject, NamedNode)
    }


def test_no_shape_fires_on_the_example(engine: OxigraphEngine, example: list[Quad]) -> None:
    assert engine.validate(example) == []


def test_every_shape_that_reports_has_a_fault(shapes: list[Quad]) -> None:
    assert {node.value.removeprefix(SHAPES) for node in reporting(shapes)} == set(FAULTS)


def test_every_shape_without_a_target_is_used_by_another(shapes: list[Quad]) -> None:
    used = {quad.object for quad in shapes if quad.subject != quad.object}
    targeted = {quad.subject for quad in shapes if is_target(quad)}
    assert shape_nodes(shapes) <= targeted | used


def test_no_name_is_given_to_two_shapes(shapes: list[Quad]) -> None:
    typed = [q.subject for q in shapes if q.predicate.value == RDF + "type"]
    assert {node for node in shape_nodes(shapes) if typed.count(node) > 1} == set()
    paths = [quad.subject for quad in shapes if quad.predicate.value == SH + "path"]
    assert len(paths) == len(set(paths))
    for path in bundle.SHAPES.rglob("*.ttl"):
        names = re.findall(r"^shapes:\S+", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(names) == len(set(names))


def test_the_properties_of_a_class_are_listed_by_its_shape(shapes: list[Quad]) -> None:
    kinds = {q.subject: q.object for q in shapes if q.predicate.value == RDF + "type"}
    for quad in shapes:
        if quad.predicate.value == SH + "targetClass":
            assert kinds[quad.subject] == NamedNode(SH + "NodeShape"), quad.subject


def test_the_header_says_what_the_shapes_are_and_their_semantic_version() -> None:
    header = rdflib.Graph().parse(bundle.SHAPES / "header.ttl")
    about = rdflib.URIRef(f"{BASE}shapes")
    assert (about, rdflib.RDF.type, rdflib.OWL.Ontology) in header
    version = header.value(about, rdflib.OWL.versionInfo)
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(version))
    assert header.value(about, rdflib.OWL.versionIRI) == rdflib.URIRef(f"{about}/{version}")
    titles = header.objects(about, rdflib.DCTERMS.title)
    assert {title.language for title in titles if isinstance(title, rdflib.Literal)} == {"en", "fr"}
    assert header.value(about, rdflib.DCTERMS.license) is not None
    creator = header.value(about, rdflib.DCTERMS.creator)
    assert header.value(creator, rdflib.FOAF.name) is not None


def test_every_file_of_shapes_belongs_to_one_set_and_only_the_header_to_all() -> None:
    files = [path for paths in SETS.values() for path in paths]
    assert set(files) == set(bundle.SHAPES.rglob("*.ttl"))
    shared = {path for path in files if files.count(path) > 1}
    assert shared == {bundle.SHAPES / "header.ttl"}


def test_sparql_constraints_have_files_of_their_own() -> None:
    for path in bundle.SHAPES.rglob("*.ttl"):
        shapes = read_file(path)
        queried = {q.subject for q in shapes if q.predicate.value == SH + "sparql"}
        targeted = {q.subject for q in shapes if is_target(q)}
        assert queried == (targeted if path.name == "sparql.ttl" else set())


def test_no_shape_is_nameless(shapes: list[Quad]) -> None:
    kinds = {NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")}
    typed = {quad.subject for quad in shapes if quad.object in kinds}
    with_a_path = {quad.subject for quad in shapes if quad.predicate.value == SH + "path"}
    assert typed | with_a_path == shape_nodes(shapes)


def test_every_shape_has_its_iri_and_those_that_report_a_message_in_both_languages(
    shapes: list[Quad],
) -> None:
    report = reporting(shapes)
    for node in shape_nodes(shapes):
        assert node.value.startswith(SHAPES)
        messages = [q.object for q in said(shapes, node).get("message", [])]
        languages = sorted(m.language or "" for m in messages if isinstance(m, Literal))
        assert languages == (["en", "fr"] if node in report else []), node


def test_a_severity_is_said_where_it_is_not_that_of_every_shape(shapes: list[Quad]) -> None:
    severities = {q.subject: q.object for q in shapes if q.predicate.value == SH + "severity"}
    assert set(severities) <= reporting(shapes)
    assert set(severities.values()) == {NamedNode(SH + "Warning"), NamedNode(SH + "Info")}


def test_a_query_leaves_the_messages_to_its_shape(shapes: list[Quad]) -> None:
    queries = {quad.subject for quad in shapes if quad.predicate.value == SH + "select"}
    assert not {q for q in shapes if q.subject in queries and q.predicate.value == SH + "message"}


@pytest.mark.slow  # all of them: a tenth of a second each
@pytest.mark.parametrize("name", FAULTS)
def test_the_shape_fires(name: str, example: list[Quad], engine: OxigraphEngine) -> None:
    assert name in fired(engine.validate(with_faults(example, [name])))


@pytest.mark.slow
def test_pyshacl_finds_every_fault_alike(
    example: list[Quad], shapes: list[Quad], engine: OxigraphEngine
) -> None:
    reference = PyShaclEngine(shapes)
    for faulty in graphs_for_every_fault(example, engine.validate):
        assert reference.validate(faulty) == engine.validate(faulty)
