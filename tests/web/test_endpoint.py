"""The endpoint keeps to the SPARQL 1.1 Protocol, and describes itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

from pariscall import __version__
from pariscall.query.queries import bundled_dataset
from pariscall.rdf.statistics import count
from support.command import EXAMPLE, Run
from support.server import DIRECT, FORM, JSON, Server, needs_fork, serving, serving_strangers

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

ASK = "ASK { actor:france a msc:Signatory }"


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


def test_a_relative_iri_is_relative_to_the_endpoint(server: Server) -> None:
    reply = server.post("CONSTRUCT { <s> <#p> </o> } WHERE {}", "application/n-triples")
    address = f"http://127.0.0.1:{server.port}"
    assert reply.text.split()[:3] == [
        f"<{address}/s>",
        f"<{address}/sparql#p>",
        f"<{address}/o>",
    ]
