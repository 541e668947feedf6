"""No query of a stranger harms the endpoint, or reaches what is not the graph."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from support.server import SECONDS, Reply, Server, needs_fork, serving_strangers, wait_for

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

ASK = "ASK { actor:france a msc:Signatory }"
_PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
KILLERS = {
    "braces": "ASK " + "{" * 30_000 + "}" * 30_000,
    "braces that hide": "ASK { ?s ?p '}' " + "{'}'" * 9_000,
    "parentheses": "ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }",
    "parentheses that hide": "ASK { FILTER(1<'>' || " + "(" * 30_000 + "'" + ")" * 30_000 + ") }",
    "union": "ASK { {} " + "UNION {} " * 7_000 + "}",
    "negations": "ASK { FILTER(" + "!" * 60_000 + "true) }",
    "disjunctions": "ASK { FILTER(true" + "||true" * 10_000 + ") }",
    "filters": "ASK {" + "FILTER(true)" * 5_000 + "}",
    "optionals": "ASK {" + "OPTIONAL {" * 5_000 + "}" * 5_001,
    "optionals, wide": "ASK {" + "OPTIONAL { ?a ?b ?c } " * 900 + " FILTER(?a = 1) }",
    "a path of 500 steps": "ASK { ?a " + "/".join(["msc:call"] * 500) + " ?b }",
    "a product, counted": f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} }}",
    "a product, in order": f"SELECT * {{ {_PRODUCT} }} ORDER BY ?c ?f ?i",
    "a product, as it comes": f"SELECT * {{ {_PRODUCT} }}",
    "a product, joined": f"SELECT (GROUP_CONCAT(?c) AS ?x) {{ {_PRODUCT} }}",
    "a product, distinct": f"SELECT DISTINCT * {{ {_PRODUCT} }}",
    "a product, constructed": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {_PRODUCT} }}",
    "a closure": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b }",
    "doubled strings": "SELECT (STRLEN(?s40) AS ?n) { BIND('0123456789abcdef' AS ?s0) "
    + " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))
    + "}",
    "replaced strings": "SELECT (STRLEN(?s12) AS ?n) { BIND('0123456789' AS ?s0) "
    + " ".join(f"BIND(REPLACE(?s{n}, '.', '$0$0$0$0$0$0$0$0$0$0') AS ?s{n + 1})" for n in range(12))
    + "}",
    "many values": "SELECT (COUNT(*) AS ?n) {"
    + "".join(f"VALUES ?v{n} {{ {'1 ' * 3_000} }}" for n in range(9))
    + "}",
    "a long list": f"ASK {{ {_PRODUCT} FILTER(STRLEN(?c) IN ({','.join(['-1'] * 900)})) }}",
    "a regex": f"ASK {{ {_PRODUCT} FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '^(.+)+€$')) }}",
    "a long text": "ASK {} #" + "x" * 10_000_000,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_strangers(tmp_path_factory.mktemp("strangers")) as running:
        yield running


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_ends_within_its_time_and_harms_nobody(server: Server, name: str) -> None:
    start = time.monotonic()
    reply = send_killer(server, KILLERS[name])
    assert time.monotonic() - start < SECONDS + 2
    assert not reply.is_whole or reply.status in {400, 413, 500, 504}
    assert wait_for(1, lambda: server.at_work() == [])
    start = time.monotonic()
    assert server.get(ASK).status == 200
    assert time.monotonic() - start < 1


def send_killer(server: Server, query: str) -> Reply:
    try:
        return server.post(query)
    except ConnectionError:  # it was not read to its end
        return Reply(413, {}, b"", is_whole=False)


def test_a_regex_that_kills_others_is_answered(server: Server) -> None:
    query = f"ASK {{ FILTER(!REGEX('{'a' * 5_000}b', '^(a+)+$')) }}"
    assert json.loads(server.get(query).body)["boolean"] is True


def test_what_ended_a_query_is_said(server: Server) -> None:
    late = server.get(KILLERS["a product, counted"])
    assert (late.status, late.text.count(f"longer than {SECONDS} seconds")) == (504, 1)
    large = server.get(KILLERS["doubled strings"])
    assert (large.status, large.text.count("more memory")) == (500, 1)
    function = server.get("SELECT (<http://example.org/f>(1) AS ?x) {}")
    assert (function.status, function.text.count("custom function")) == (400, 1)


def test_an_old_client_that_could_not_see_a_cut_gets_no_long_answer(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as client:
        client.sendall(b"GET /sparql?query=SELECT+*+%7B?a+?b+?c%7D HTTP/1.0\r\n\r\n")
        assert client.makefile("rb").read().startswith(b"HTTP/1.1 500 ")


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """Listen for what must not come."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    with listening.accept()[0] as visitor:
                        heard.append(visitor.recv(1000))
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", heard
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { { SELECT * { service <URL> { ?s ?p ?o } } } }",
        "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { # a comment\r SERVICE <URL> { ?s ?p ?o } \n}",
        "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * \\u0046ROM <URL> { ?s ?p ?o }",
        "SELECT * FROM <FILE> { ?s ?p ?o }",
        "LOAD <URL>",
        "LOAD <FILE>",
        "INSERT DATA { <URL> a <URL> }",
    ],
)
def test_no_query_reaches_a_server_or_a_file(
    server: Server, canary: tuple[str, list[bytes]], tmp_path: Path, query: str
) -> None:
    url, heard = canary
    file = tmp_path / "canary.ttl"
    file.write_text('<http://e/s> <http://e/p> "canary" .', encoding="utf-8")
    reply = server.post(query.replace("URL", url).replace("FILE", file.as_uri()))
    assert reply.status == 400
    assert "canary" not in reply.text.replace("canary.ttl", "")
    assert heard == []


def test_the_kernel_alone_would_keep_a_query_from_the_network(
    canary: tuple[str, list[bytes]],
) -> None:
    """Without the look for SERVICE, a child still opens no socket."""
    from pariscall.web.endpoint.limits import EndpointLimits
    from pariscall.web.endpoint.sandbox import at_work, sandbox

    url, heard = canary
    ours, theirs = socket.socketpair()
    if (pid := os.fork()) == 0:
        try:
            with sandbox(theirs, EndpointLimits()) as stream, at_work(EndpointLimits()):
                stream.sendall(b"asking")
                list(Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
                stream.sendall(b" answered")
        finally:
            os._exit(1)
    theirs.close()
    os.waitpid(pid, 0)
    with ours:
        assert ours.recv(100) == b"asking"
    assert heard == []


def test_the_journal_tells_what_happened_and_not_what_was_asked(server: Server) -> None:
    server.get("ASK { 'a secret' is 'secret' }")
    server.get(KILLERS["a product, as it comes"])
    assert wait_for(5, lambda: server.entries()[-1]["is_cut"])
    refused, cut = server.entries()[-2:]
    assert refused["status"] == 400
    assert set(refused) == {
        *("time", "method", "path", "status", "ms", "bytes", "is_cut", "query", "length"),
    }
    assert (refused["length"], refused["is_cut"], refused["path"]) == (30, False, "/sparql")
    assert cut["bytes"] > 1_000_000
    assert "secret" not in server.log.read_text(encoding="utf-8")
    assert not [entry for entry in server.entries() if "fault" in entry]
