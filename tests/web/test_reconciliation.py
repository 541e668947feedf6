"""The server answers the Reconciliation Service API over loopback, as OpenRefine asks."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from support.command import EXAMPLE
from support.server import FORM, Reply, Server, needs_fork, serving, wait_for

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("reconciliation")
    with serving(folder) as running:
        yield running


def post(server: Server, **values: Any) -> Reply:
    body = urlencode({name: json.dumps(value) for name, value in values.items()})
    return server.send("POST", "/reconcile", body, content_type=FORM)


def read(reply: Reply) -> Any:
    assert reply.status == 200, reply.text
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["access-control-allow-origin"] == "*"
    return json.loads(reply.text)


def test_the_manifest_says_what_there_is(server: Server) -> None:
    manifest = read(server.send("GET", "/reconcile"))
    assert "0.2" in manifest["versions"]
    assert manifest["identifierSpace"] == "https://w3id.org/mscall/"
    assert manifest["view"]["url"] == "https://w3id.org/mscall/{{id}}"
    assert [each["id"] for each in manifest["defaultTypes"]] == ["party", "country", "call"]
    for part in ("entity", "type", "property"):
        assert manifest["suggest"][part]["service_path"] == f"/reconcile/suggest/{part}"


def test_a_batch_of_queries_has_an_answer_for_each(server: Server) -> None:
    queries = {
        "q0": {"query": "Microsoft Corp", "type": "party", "limit": 3},
        "q1": {
            "query": "NEC",
            "properties": [{"pid": "country", "v": {"id": "country/JPN", "name": "Japan"}}],
        },
        "q2": {"query": "nobody at all", "type": "party"},
        "q3": {"query": "x", "type": "boat"},
    }
    found = read(post(server, queries=queries))
    assert set(found) == set(queries)
    [best, *_] = found["q0"]["result"]
    assert (best["id"], best["match"], best["type"]) == (
        "actor/microsoft",
        True,
        [{"id": "party", "name": "Party"}],
    )
    assert found["q1"]["result"][0]["id"] == "actor/nec"
    assert not any(each["match"] for each in found["q2"]["result"])
    assert found["q3"]["result"] == []
    in_the_url = server.send("GET", f"/reconcile?queries={quote(json.dumps(queries))}")
    assert read(in_the_url) == found


def test_the_draft_of_1_0_asks_with_conditions(server: Server) -> None:
    conditions = [
        {"matchType": "name", "propertyValue": "Microsoft"},
        {"matchType": "property", "propertyId": "country", "propertyValue": "USA"},
    ]
    body = json.dumps({"queries": [{"type": "party", "conditions": conditions}]})
    reply = server.send("POST", "/reconcile/match", body, content_type="application/json")
    [result] = read(reply)["results"]
    assert result["candidates"][0]["id"] == "actor/microsoft"


def test_suggestions_properties_and_previews(server: Server) -> None:
    found = read(server.send("GET", "/reconcile/suggest/entity?prefix=micros"))["result"]
    assert "actor/microsoft" in [each["id"] for each in found]
    kinds = read(server.send("GET", "/reconcile/suggest/type?prefix=cou"))["result"]
    assert kinds == [{"id": "country", "name": "Country"}]
    known = read(server.send("GET", "/reconcile/properties?type=party"))["properties"]
    assert {"lei", "country", "since"} <= {each["id"] for each in known}
    preview = server.send("GET", "/reconcile/preview?id=actor/microsoft")
    assert preview.status == 200
    assert "<h1>Microsoft</h1>" in preview.text
    assert preview.headers["content-security-policy"] == "default-src 'none'"
    assert server.send("GET", "/reconcile/preview?id=<script>").status == 404


def test_columns_can_be_added_from_what_was_matched(server: Server) -> None:
    extend = {"ids": ["actor/microsoft", "actor/nobody"], "properties": [{"id": "lei"}]}
    assert read(post(server, extend=extend)) == {
        "meta": [{"id": "lei", "name": "LEI"}],
        "rows": {
            "actor/microsoft": {"lei": [{"str": "INR2EJN1ERAN0W5ZP974"}]},
            "actor/nobody": {"lei": []},
        },
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("queries=[", 400),
        ("queries=[]", 400),
        ("queries=" + "[" * 100_000, 400),
        ('queries={"q":{"query":7}}', 400),
        ('queries={"q":[]}', 400),
        ('extend={"ids":1}', 400),
        ("queries=" + json.dumps({str(n): {"query": "x"} for n in range(101)}), 400),
        ("queries=" + "x" * 300_000, 413),
        ("queries=%FF", 400),
        ("&".join(["a=b"] * 200), 400),
    ],
)
def test_what_is_no_request_is_refused_in_a_line(server: Server, body: str, status: int) -> None:
    reply = server.send("POST", "/reconcile", body, content_type=FORM)
    assert reply.status == status
    assert reply.text.count("\n") == 1


@pytest.mark.parametrize(
    "values",
    [
        {"queries": {"\ud800": {"query": "NEC \ud800", "type": []}}},
        {"queries": {"q": {"query": "NEC", "type": [[]], "limit": [], "properties": [[]]}}},
        {"queries": {"q": {"query": "NEC", "properties": [{"pid": [], "v": {"name": []}}]}}},
        {"queries": {"q": {"query": "x" * 200_000, "limit": 10**400}}},
        {"queries": {"q": {"query": "x", "properties": [{"pid": "website", "v": "//[" * 999}]}}},
        {"extend": {"ids": [{}, "\udfff"], "properties": [{"id": []}, {"id": {}}]}},
        {"extend": {"ids": ["actor/nec"] * 100, "properties": [{"id": "lei"}] * 4000}},
    ],
)
def test_what_is_odd_but_json_has_an_answer(server: Server, values: Any) -> None:
    assert read(post(server, **values))


def slow_batch() -> str:
    """Return a form with names and countries that take seconds to be matched."""
    name = "an a" * 75
    query = {"query": name, "properties": [{"pid": "country", "v": name}]}
    return urlencode({"queries": json.dumps(dict.fromkeys(map(str, range(100)), query))})


@pytest.mark.skipif(sys.platform != "linux", reason="loopback has one address here")
def test_batches_that_take_long_leave_other_clients_quick(tmp_path: Path) -> None:
    body = slow_batch()
    limits = ("--timeout", "9", "--workers", "2", "--queue", "4")
    with serving(tmp_path, *limits) as server:
        request = f"POST /reconcile HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
        batch = f"{request}Content-Length: {len(body)}\r\n\r\n{body}".encode()
        with ExitStack() as stack:
            clients = []
            for _ in range(4):
                address = ("127.0.0.1", server.port)
                connection = socket.create_connection(address, 10, ("127.0.0.2", 0))
                clients.append(stack.enter_context(connection))
                connection.sendall(batch)
            refused = clients[-1].recv(1000)
            assert refused.startswith(b"HTTP/1.1 429 ")
            assert b"retry-after: 4\r\n" in refused.lower()
            assert wait_for(2, lambda: len(server.at_work()) == 1)
            for path in ("/health", "/reconcile/suggest/entity?prefix=nec", "/reconcile"):
                start = time.monotonic()
                another = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
                another.request("GET", path)
                assert another.getresponse().status == 200
                another.close()
                assert time.monotonic() - start < 1
        # Whoever goes leaves no work behind.
        assert wait_for(2, lambda: not server.at_work())


def test_a_batch_is_given_up_when_its_time_is_over(tmp_path: Path) -> None:
    with serving(tmp_path, "--timeout", "0.5") as server:
        reply = server.send("POST", "/reconcile", slow_batch(), content_type=FORM)
        assert (reply.status, reply.text.count("\n")) == (504, 1)
        assert "0.5 seconds" in reply.text
        assert server.send("GET", "/reconcile/preview?id=actor/nec").status == 200


def test_with_other_data_there_is_no_service(tmp_path: Path) -> None:
    with serving(tmp_path, "--data", str(EXAMPLE)) as server:
        assert server.send("GET", "/reconcile").status == 404
