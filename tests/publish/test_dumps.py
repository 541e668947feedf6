"""Whatever a name may hold, every format gives the same statements back."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pariscall.publish.dumps import DUMPS
from pariscall.rdf.namespaces import BASE, COUNTRY, MSC, PREFIXES, XSD
from pariscall.rdf.turtle import turtle
from pariscall.tables.csvw import Table
from pariscall.tables.document import Description, Document
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import Row
from support.tables import edit, keep_some_parties

pytestmark = pytest.mark.slow

SKOS = PREFIXES["skos"]
ROW = Row(Table(Path("any.csv"), "", (), (), (), is_mapped=True), 1, [])
BOOLEAN = NamedNode(XSD + "boolean")
PARSED = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}

texts = st.text(st.characters(exclude_categories=["Cs"]))
slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
iris = st.one_of(
    slugs.map(lambda slug: f"{BASE}actor/{slug}"),
    slugs.map(lambda slug: f"{BASE}endorsement/paris-call/{slug}/1"),
    slugs.map(lambda slug: f"{BASE}code/status#{slug}"),
    slugs.map(lambda slug: f"https://{slug}.example/a?b=c&d=%20#e"),
    st.sampled_from([f"{COUNTRY}1A0", f"{MSC}Call", "urn:x:y", f"{BASE}ns", BASE, "https:a.b"]),
).map(NamedNode)
literals = st.one_of(
    texts.map(Literal),
    st.builds(Literal, texts, language=st.sampled_from(["en", "fr", "pt-br"])),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))),
    st.integers(0, 10**6).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer"))),
    texts.map(lambda text: Literal(text, datatype=NamedNode("http://example.org/type"))),
    st.sampled_from([f'"^^<{XSD}date>', '"@en', "\\u0041", "\ufffe\x7f\x85"]).map(Literal),
    st.sampled_from(["true", "false", "1"]).map(Literal),
    st.sampled_from(["true", "1"]).map(lambda text: Literal(text, datatype=BOOLEAN)),
)
predicates = st.sampled_from(
    (
        *(SKOS + "prefLabel", SKOS + "altLabel", MSC + "since", MSC + "status", MSC + "evidence"),
        *(MSC + "country", MSC + "hasEvent", PREFIXES["schema"] + "position"),
        "http://example.org/p",
    )
).map(NamedNode)
statements = st.lists(st.tuples(predicates, st.one_of(iris, literals)), unique=True)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    document = Document()
    for subject in draw(st.lists(iris, min_size=1, max_size=4, unique=True)):
        types = draw(st.lists(iris.map(str), unique=True, max_size=2))
        said = [(str(predicate), str(term)) for predicate, term in draw(statements)]
        document.descriptions[str(subject)] = Description(str(subject), ROW, types, said)
    return document


def written(document: Document, name: str) -> bytes:
    file = io.BytesIO()
    writer = next(output for output in DUMPS if output.name == name).writer(file)
    writer.write(document)
    writer.close()
    return file.getvalue()


def triples(content: bytes, rdf_format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(content, format=rdf_format)}


@given(documents())
def test_every_format_gives_back_what_was_written(document: Document) -> None:
    expected = {quad.triple for quad in document.quads()}
    for name, rdf_format in PARSED.items():
        assert triples(written(document, name), rdf_format) == expected, name


@given(documents())
def test_pyld_reads_the_json_ld_as_oxigraph_does(document: Document) -> None:
    content = json.loads(written(document, "jsonld"))
    nquads = jsonld.to_rdf(content, {"format": "application/n-quads"})
    assert triples(nquads.encode(), RdfFormat.N_QUADS) == {quad.triple for quad in document.quads()}


@given(documents())
def test_query_results_as_turtle_give_back_what_was_found(document: Document) -> None:
    found = sorted((quad.triple for quad in document.quads()), key=str)
    assert triples(turtle(found).encode(), RdfFormat.TURTLE) == set(found)


def test_a_document_is_written_the_same_twice() -> None:
    document = Document()
    subject, label = NamedNode(BASE + "actor/a"), NamedNode(SKOS + "prefLabel")
    document.describe(str(subject), ROW).add(str(label), '"A"')
    assert document.quads() == [Quad(subject, label, Literal("A"))]
    for name in PARSED:
        assert written(document, name) == written(document, name)


@pytest.mark.parametrize("name", ["=1+1", "+33", "-x", "@SUM(1)"])
def test_no_cell_for_spreadsheets_begins_as_a_formula_and_the_exact_ones_do(
    folder: Path, name: str
) -> None:
    keep_some_parties(folder)
    edit(folder / "parties.csv", "abb,ABB,", f"abb,{name},")
    rows = {}
    for output in ("csv", "spreadsheet"):
        file = io.BytesIO()
        writer = next(known for known in DUMPS if known.name == output).writer(file)
        for document in TableGraph(folder).documents():
            writer.write(document)
        writer.close()
        assert file.getvalue().startswith(BOM_UTF8) == (output == "spreadsheet")
        rows[output] = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    exact, safe = rows["csv"], rows["spreadsheet"]
    assert {row[1] for row in exact if row[0].endswith("/abb")} == {name}
    assert {row[1] for row in safe if row[0].endswith("/abb")} == {f"'{name}"}
    assert [[cell.removeprefix("'") for cell in row] for row in safe] == exact
