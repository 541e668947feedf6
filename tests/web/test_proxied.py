"""A server whose public URL has a path works behind a real nginx, which may pass the path on or not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from support.command import Run
from support.hosts import proxy
from support.server import needs_fork, serving

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the server needs a system that forks"),
]


@pytest.fixture(scope="module", params=["/calls", "/kept"])
def public(
    request: pytest.FixtureRequest, small_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve a site below a path behind nginx: its address, with the path."""
    folder = tmp_path_factory.mktemp("proxied")
    url = f"https://example.org{request.param}/"
    with (
        serving(folder, "--site", str(small_site), "--url", url) as server,
        proxy(folder / "proxy", server.port) as address,
    ):
        yield f"{address}{request.param}"


def ask(url: str, accept: str = "*/*", **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(url, headers={"Accept": accept, **named}, timeout=10, allow_redirects=False)


def test_an_iri_leads_to_its_document(public: str) -> None:
    path = public[public.rindex("/") :]
    for iri, target in {
        "actor/abb": "actor/abb.ttl",
        "endorsement/paris-call/abb/1": "actor/abb.ttl#endorsement/paris-call/abb/1",
        "": "index.ttl",
    }.items():
        answer = ask(f"{public}/{iri}", "text/turtle")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}/{target}")
        assert f"<{path}/{target.partition('#')[0][:-4]}.html>" in answer.headers["Link"]
    followed = requests.get(f"{public}/actor/abb", headers={"Accept": "text/turtle"}, timeout=10)
    assert followed.status_code == 200
    assert f"<{path}/actor/abb.nt>" in followed.headers["Link"]


def test_the_endpoint_has_its_public_address(public: str) -> None:
    path = public[public.rindex("/") :]
    page = ask(f"{public}/sparql", "text/html")
    assert (page.status_code, page.headers["Location"]) == (303, f"{path}/sparql.html")
    described = ask(f"{public}/sparql", "application/n-triples").text
    assert f"<https://example.org{path}/sparql>" in described
    assert ask(f"{public}/sparql?query=ASK%7B%7D", "text/csv").text.strip() == "true"
    assert ask(f"{public}/health").json()["status"] == "ok"


def test_compression_and_problems_pass_the_proxy(public: str) -> None:
    packed = ask(f"{public}/ns.ttl", accept_encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    missing = ask(f"{public}/nothing", "text/plain", accept_language="fr")
    assert (missing.status_code, missing.text) == (404, "rien n’est décrit ici.\n")


def test_a_path_that_only_begins_like_that_of_the_server_is_kept(public: str) -> None:
    assert ask(f"{public}/callsign").status_code == 404
    assert ask(f"{public}//etc/passwd").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/?a=b",
        "https://example.org/#a",
        "https://user@example.org",
        "https://example.org/a b",
        "https://example.org/a\r\nSet-Cookie: a=b",
        "https://[",
    ],
)
def test_a_url_that_is_not_one_of_a_server_is_refused(run: Run, url: str) -> None:
    finished = run("serve", "--port", "0", "--url", url)
    assert finished.returncode == 2
    assert "is not the URL of a server" in finished.stderr


def test_all_connections_of_a_proxy_come_from_one_address(small_site: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path, "--site", str(small_site), "--url", "http://x.test") as server,
        ExitStack() as stack,
    ):
        clients = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
            for _ in range(300)
        ]
        clients[0].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert clients[0].recv(15) == b"HTTP/1.1 200 OK"
