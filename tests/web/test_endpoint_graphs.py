"""An address chooses among graphs and formats, and the terms come as they were written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from support.server import FORM, JSON, Reply, Server, needs_fork, serving

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

GRAPHS_DATA = """PREFIX ex: <http://ex.test/>
ex:d ex:name "Dé"@en-GB . ex:d ex:name <<( ex:a ex:b "é"@en-GB )>> .
GRAPH ex:g { ex:a ex:name "1" . ex:b ex:name "2" }
GRAPH ex:h { ex:a ex:name "1" . ex:c ex:name "3" }
"""
COUNTING = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("graphs")
    (folder / "data.trig").write_text(GRAPHS_DATA, encoding="utf-8")
    with serving(folder, "--data", "data.trig") as running:
        yield running


def addressed(server: Server, query: str, *more: tuple[str, str]) -> Reply:
    return server.send("GET", f"/sparql?{urlencode([('query', query), ('format', 'csv'), *more])}")


@pytest.mark.parametrize(
    ("chosen", "number"),
    [
        ([], 5),
        ([("default-graph-uri", "")], 5),
        ([("default-graph-uri", "http://ex.test/g")], 2),
        ([("default-graph-uri", "http://ex.test/g"), ("default-graph-uri", "http://ex.test/h")], 3),
        ([("named-graph-uri", "http://ex.test/g")], 0),
        ([("named-graph-uri", ""), ("default-graph-uri", "http://ex.test/h")], 2),
    ],
)
def test_a_request_chooses_among_the_graphs_of_the_server(
    graphs: Server, chosen: list[tuple[str, str]], number: int
) -> None:
    assert addressed(graphs, COUNTING, *chosen).text.split() == ["n", str(number)]
    form = urlencode([("query", COUNTING), *chosen])
    reply = graphs.send("POST", "/sparql", form, content_type=FORM, Accept="text/csv")
    assert reply.text.split() == ["n", str(number)]


def test_from_chooses_too_and_the_request_has_the_last_word(graphs: Server) -> None:
    query = "SELECT ?o FROM <http://ex.test/g> { ?s ?p ?o } ORDER BY ?o"
    assert addressed(graphs, query).text.split() == ["o", "1", "2"]
    chosen = ("default-graph-uri", "http://ex.test/h")
    assert addressed(graphs, query, chosen).text.split() == ["o", "1", "3"]
    named = "SELECT ?g FROM NAMED <http://ex.test/g> { GRAPH ?g { ?s ?p '1' } }"
    assert addressed(graphs, named).text.split() == ["g", "http://ex.test/g"]
    assert addressed(graphs, named).headers["etag"] != addressed(graphs, query).headers["etag"]


@pytest.mark.parametrize(
    "graph", ["http://ex.test/no", "file:///etc/passwd", "no iri", "data.trig"]
)
def test_a_graph_that_the_server_does_not_have_is_refused(graphs: Server, graph: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        reply = addressed(graphs, COUNTING, (name, graph))
        assert reply.status == 400
        assert f"there is no graph <{graph}> here" in reply.text
        assert "<http://ex.test/g>, <http://ex.test/h>" in reply.text


@pytest.mark.parametrize("name", ["format", "output"])
@pytest.mark.parametrize(
    ("query", "value", "media_type"),
    [
        (COUNTING, "csv", "text/csv; charset=utf-8"),
        (COUNTING, "TSV", "text/tab-separated-values; charset=utf-8"),
        (COUNTING, "json", "application/json"),
        (COUNTING, "text/csv", "text/csv; charset=utf-8"),
        (COUNTING, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p '1' }", "turtle", "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p '1' }", "jsonld", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p '1' }", "xml", "application/xml"),
    ],
)
def test_an_address_names_its_format_against_any_header(
    graphs: Server, name: str, query: str, value: str, media_type: str
) -> None:
    reply = graphs.get(query, "text/html, */*;q=0.1", **{name: value})
    assert (reply.status, reply.headers["content-type"]) == (200, media_type)


def test_a_format_that_is_not_there_or_cannot_hold_the_answer_is_refused(graphs: Server) -> None:
    reply = graphs.get(COUNTING, format="xlsx")
    assert reply.status == 400
    assert "there is no format 'xlsx'. Choose json, xml, csv" in reply.text
    assert graphs.get(COUNTING, format="ttl").status == 406
    for form in ("n3", "jsonld"):
        reply = graphs.get("CONSTRUCT WHERE { ?s ?p ?o }", format=form)
        assert (reply.status, "cannot hold" in reply.text) == (406, True)


@pytest.mark.parametrize("media_type", [JSON, "text/tab-separated-values", "text/turtle"])
def test_tags_and_triple_terms_are_served_as_they_were_written(
    graphs: Server, media_type: str
) -> None:
    form = "CONSTRUCT { ?s ?p ?o }" if media_type == "text/turtle" else "SELECT *"
    reply = graphs.get(f"{form} WHERE {{ ?s ?p ?o FILTER(?s = <http://ex.test/d>) }}", media_type)
    assert reply.text.count("en-GB") == 2
    assert "en-gb" not in reply.text
    query = "SELECT (LANG(?o) AS ?l) { ?s ?p ?o FILTER(LANG(?o) != '') }"
    assert addressed(graphs, query).text.split() == ["l", "en-GB"]


def test_a_long_answer_keeps_its_tags(graphs: Server) -> None:
    numbers = " ".join(map(str, range(200)))
    values = f"VALUES ?x {{ {numbers} }} VALUES ?y {{ {numbers} }}"
    reply = graphs.get(f"SELECT ?o {{ ?s ?p ?o FILTER(LANG(?o) != '') {values} }}", JSON)
    found = [row["o"]["xml:lang"] for row in json.loads(reply.body)["results"]["bindings"]]
    assert found == ["en-GB"] * 40_000
    assert "content-length" not in reply.headers
