"""The endpoint keeps to the SPARQL 1.1 Protocol, and gives what the command gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse

from pariscall import __version__
from pariscall.query.dataset import Dataset
from pariscall.query.queries import answer, bundled_dataset, find_query, named_queries
from pariscall.rdf.statistics import count
from support.command import EXAMPLE, Run
from support.server import DIRECT, FORM, JSON, Reply, Server, needs_fork, serving, serving_strangers

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

ASK = "ASK { actor:france a msc:Signatory }"
DESCRIBE = "DESCRIBE actor:france"
NAMES = [query.name for query in named_queries()]
ROW_TYPES = {
    JSON: "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_strangers(tmp_path_factory.mktemp("endpoint")) as running:
        yield running


@pytest.fixture(scope="module")
def store() -> Store:
    return bundled_dataset().store


# The query operation, after the W3C's tests of the protocol


def test_a_query_comes_by_get_in_a_form_or_as_the_body(server: Server) -> None:
    for reply in (server.get(ASK), server.form(query=ASK), server.post(ASK)):
        assert (reply.status, reply.headers["content-type"]) == (200, JSON)
        assert json.loads(reply.body) == {"head": {}, "boolean": True}


def test_media_types_may_have_parameters_and_other_parameters_do_no_harm(server: Server) -> None:
    for media_type in (f"{DIRECT}; charset=UTF-8", f'{DIRECT};charset="utf-8"'):
        assert server.send("POST", "/sparql", ASK, content_type=media_type).status == 200
    assert server.get(ASK, format="json").status == 200
    assert server.send("POST", "/sparql?x=1", ASK, content_type=DIRECT).status == 200


def test_names_beyond_ascii_arrive_whole(server: Server) -> None:
    query = "SELECT ('Élysée 巴黎' AS ?x) {}"
    for reply in (server.get(query, "text/csv"), server.form("text/csv", query=query)):
        assert reply.text == "x\r\nÉlysée 巴黎\r\n"


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (("GET", "/sparql?x=1", None, ""), 400, "0 queries"),
        (("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, ""), 400, "2 queries"),
        (("GET", "/sparql?query=", None, ""), 400, "not a SPARQL 1.1 query"),
        (("GET", "/sparql?query=ASK%7B%FF%7D", None, ""), 400, "not UTF-8"),
        (("GET", "/sparql?query=SELECT%20*%20%7B", None, ""), 400, "query:1: not a SPARQL 1.1"),
        (("GET", "/sparql?update=CLEAR%20ALL", None, ""), 400, "no updates"),
        (
            ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=http://e/", None, ""),
            400,
            "no named graphs",
        ),
        (
            ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=http://e/", None, ""),
            400,
            "no named graphs",
        ),
        (("POST", "/sparql?default-graph-uri=http://e/", ASK, DIRECT), 400, "no named graphs"),
        (
            ("POST", "/sparql", "query=ASK%7B%7D&named-graph-uri=http://e/", FORM),
            400,
            "no named graphs",
        ),
        (("POST", "/sparql", "", FORM), 400, "0 queries"),
        (("POST", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D", FORM), 400, "2 queries"),
        (("POST", "/sparql?query=ASK%7B%7D", ASK, DIRECT), 400, "one in the URL"),
        (("POST", "/sparql", "update=CLEAR+ALL", FORM), 400, "no updates"),
        (("POST", "/sparql", "CLEAR ALL", DIRECT), 400, "not a SPARQL 1.1 query"),
        (("POST", "/sparql", "CLEAR ALL", "application/sparql-update"), 415, DIRECT),
        (("POST", "/sparql", ASK, "text/plain"), 415, DIRECT),
        (("POST", "/sparql", ASK, ""), 415, DIRECT),
        (("POST", "/sparql", ASK.encode("utf-16"), f"{DIRECT}; charset=utf-16"), 415, "UTF-8"),
        (("POST", "/sparql", b"ASK { '\xe9' }", DIRECT), 400, "not UTF-8"),
        (("POST", "/sparql", "ASK {}#" + "x" * 70_000, DIRECT), 413, "65,536 bytes"),
        (("POST", "/sparql", "x" * 1_000_000, DIRECT), 413, "65,536 bytes"),
        (("GET", "/sparql?query=ASK%7B%7D%23" + "x" * 70_000, None, ""), 414, "65,536 bytes"),
        (("PUT", "/sparql", ASK, DIRECT), 405, "GET or POST"),
        (("DELETE", "/sparql", None, ""), 405, "GET or POST"),
        (("GET", "/sparql/", None, ""), 404, ""),
        (("GET", "/sparql?" + "&".join("abc") * 100, None, ""), 400, "more than 100"),
    ],
)
def test_a_request_that_is_not_a_query_is_refused_in_plain_words(
    server: Server, asked: tuple[str, str, str | bytes | None, str], status: int, said: str
) -> None:
    method, path, body, media_type = asked
    reply = server.send(method, path, body, **({"content_type": media_type} if media_type else {}))
    assert reply.status == status
    assert said in reply.text
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert ("allow" in reply.headers) == (status == 405)


def test_a_compressed_query_is_refused(server: Server) -> None:
    reply = server.send("POST", "/sparql", ASK, content_type=DIRECT, Content_Encoding="gzip")
    assert reply.status == 415


# Formats


@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_gives_what_the_command_gives(
    name: str, server: Server, store: Store
) -> None:
    query = find_query(name)
    for media_type in (JSON, "text/csv"):
        reply = server.post(query.text, media_type)
        assert reply.status == 200
        assert reply.text.rstrip() == answer(query, Dataset(store), ROW_TYPES[media_type]).rstrip()


@pytest.mark.parametrize("query", ["SELECT ?p { actor:its-rio ?p ?o } ORDER BY ?p", ASK])
@pytest.mark.parametrize("media_type", ROW_TYPES)
def test_rows_and_truth_come_in_every_format(
    server: Server, store: Store, query: str, media_type: str
) -> None:
    reply = server.get(query, media_type)
    assert reply.headers["content-type"].split(";")[0] == media_type
    assert (
        reply.text.rstrip()
        == answer(find_query(query), Dataset(store), ROW_TYPES[media_type]).rstrip()
    )


@pytest.mark.parametrize("query", [DESCRIBE, "CONSTRUCT WHERE { actor:france ?p ?o }"])
@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_graphs_come_in_every_format(server: Server, query: str, media_type: str) -> None:
    reply = server.get(query, media_type)
    assert reply.headers["content-type"].split(";")[0] == media_type
    found = {quad.triple for quad in parse(reply.body, format=GRAPH_TYPES[media_type])}
    plain = server.get(query, "application/n-triples").body
    assert found == {quad.triple for quad in parse(plain, format=RdfFormat.N_TRIPLES)}
    assert len(found) > 5


@pytest.mark.parametrize(
    ("query", "accept", "chosen"),
    [
        (ASK, "", JSON),
        (ASK, "*/*", JSON),
        (ASK, "text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        (
            ASK,
            "text/csv;q=0.5, application/sparql-results+xml;q=0.9",
            "application/sparql-results+xml",
        ),
        (ASK, "text/*", "text/csv; charset=utf-8"),
        (ASK, "text/*, text/csv;q=0", "text/tab-separated-values; charset=utf-8"),
        (ASK, "application/json", "application/json"),
        (ASK, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (DESCRIBE, "*/*", "text/turtle; charset=utf-8"),
        (DESCRIBE, "APPLICATION/LD+JSON", "application/ld+json"),
        (DESCRIBE, "text/csv, application/n-quads;q=0.1", "application/n-quads"),
        (ASK, "text/turtle", None),
        (DESCRIBE, "text/csv", None),
        (ASK, "image/png", None),
        (ASK, "*/*;q=0", None),
        (ASK, "*/*;q=nonsense", None),
    ],
)
def test_the_client_gets_the_format_it_likes_best_or_the_list(
    server: Server, query: str, accept: str, chosen: str | None
) -> None:
    reply = server.get(query, accept)
    if chosen:
        assert (reply.status, reply.headers["content-type"]) == (200, chosen)
    else:
        assert reply.status == 406
        assert ("text/turtle" if query == DESCRIBE else "text/csv") in reply.text
    assert reply.headers["vary"] == "Accept, Accept-Language"


def test_a_long_answer_that_ends_in_time_is_whole(server: Server, store: Store) -> None:
    query = "SELECT * { ?s a ?o . ?s ?p ?x FILTER(!ISBLANK(?s) && !ISBLANK(?x)) }"
    reply = server.post(query, "text/csv")
    assert reply.is_whole
    assert "content-length" not in reply.headers
    expected = answer(find_query(query), Dataset(store), "csv")
    assert sorted(reply.text.splitlines()) == sorted(expected.splitlines())


# Around the query operation


def test_any_page_may_ask_and_no_cookie_is_set(server: Server) -> None:
    before = server.send("OPTIONS", "/sparql", Origin="https://example.org")
    assert before.status == 204
    assert before.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert before.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    for reply in (before, server.get(ASK), server.get("nonsense")):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "set-cookie" not in reply.headers


def test_head_has_the_headers_of_get_and_no_body(server: Server) -> None:
    path = "/sparql?query=ASK%7B%7D"
    head, get = server.send("HEAD", path), server.send("GET", path)
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_an_answer_that_is_known_is_not_sent_again(server: Server) -> None:
    tag = server.get(ASK).headers["etag"]
    path = "/sparql?query=ASK%20%7B%20actor%3Afrance%20a%20msc%3ASignatory%20%7D"
    assert server.send("GET", path, If_None_Match=tag).status == 304
    assert server.send("GET", path, If_None_Match='W/"other"').status == 200
    assert server.get(ASK, "text/csv").headers["etag"] != tag
    for volatile in ("SELECT (NOW() AS ?n) {}", "SELECT (\\u0052AND() AS ?n) {}", "nonsense"):
        assert "etag" not in server.get(volatile).headers


def test_the_service_describes_itself(server: Server) -> None:
    url = f"http://127.0.0.1:{server.port}"
    for media_type in ("text/turtle", "application/ld+json", "application/rdf+xml"):
        reply = server.send("GET", "/sparql", Accept=media_type, Host="evil.example")
        graph = rdflib.Graph().parse(data=reply.body, format=media_type)
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        service = rdflib.URIRef(f"{url}/sparql")
        assert (service, sd.endpoint, service) in graph
        assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
        [dataset] = graph.objects(service, sd.defaultDataset)
        [default] = graph.objects(dataset, sd.defaultGraph)
        assert str(default) == f"{url}/.well-known/void#dataset"
    assert server.send("GET", "/sparql", Accept="image/png").status == 406


def test_void_counts_the_graph_that_is_asked(server: Server, store: Store) -> None:
    reply = server.send("GET", "/.well-known/void", Accept="application/n-triples")
    void = rdflib.Graph().parse(data=reply.body, format="nt")
    dataset = rdflib.URIRef(f"http://127.0.0.1:{server.port}/.well-known/void#dataset")
    said = count(store)
    assert str(void.value(dataset, rdflib.VOID.triples)) == str(said.triples)
    assert len(list(void.objects(dataset, rdflib.VOID.classPartition))) == len(said.classes)
    counted = json.loads(server.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body)
    assert counted["results"]["bindings"][0]["n"]["value"] == str(said.triples)


def test_other_data_can_be_served(tmp_path: Path, run: Run) -> None:
    counting = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with serving(tmp_path, "--data", str(EXAMPLE), "--url", "https://data.example/") as server:
        shown = run("query", counting, "--data", EXAMPLE, "--format", "csv").stdout
        assert server.get(counting, "text/csv").text.split() == shown.split()
        void = server.send("GET", "/.well-known/void", Accept="application/n-triples").text
        assert "<https://data.example/.well-known/void#dataset>" in void
        assert "127.0.0.1" not in void
        health = json.loads(server.send("GET", "/health").body)
        assert (health["status"], health["version"]) == ("ok", __version__)


# Graphs and formats that an address chooses

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


def test_a_relative_iri_is_relative_to_the_endpoint(server: Server) -> None:
    reply = server.post("CONSTRUCT { <s> <#p> </o> } WHERE {}", "application/n-triples")
    address = f"http://127.0.0.1:{server.port}"
    assert reply.text.split()[:3] == [
        f"<{address}/s>",
        f"<{address}/sparql#p>",
        f"<{address}/o>",
    ]
