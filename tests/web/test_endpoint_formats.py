"""Each query comes in the format that the client likes best, and as the command gives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import RdfFormat, Store, parse

from pariscall.query.dataset import Dataset
from pariscall.query.queries import answer, bundled_dataset, find_query, named_queries
from support.server import JSON, Server, needs_fork, serving_strangers

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
