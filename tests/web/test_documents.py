"""Our own server gives out the site as the web wants it: each IRI leads on, and nothing else is told."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
import requests
from pyoxigraph import NamedNode, RdfFormat, parse

from pariscall.rdf.namespaces import BASE
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from support.command import Run
from support.server import Server, needs_fork

pytestmark = [pytest.mark.server, pytest.mark.skipif(needs_fork, reason="the server needs fork")]


@pytest.fixture(scope="module")
def host(site_server: Server) -> str:
    return f"http://127.0.0.1:{site_server.port}"


# The OWL API, and so Protégé and ROBOT, in two versions; Jena; what asks for RDF that is not offered.
RDF_CLIENTS = {
    "application/rdf+xml, application/xml; q=0.5, text/xml; q=0.3, */*; q=0.2": ".rdf",
    "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09": ".rdf",
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3": ".ttl",
    "application/owl+xml, */*;q=0.1": ".ttl",
    "text/n3;q=0, */*;q=0.1": ".html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": ".html",
}


def ask(url: str, method: str = "GET", **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(method, url, headers=named, timeout=10, allow_redirects=False)


def test_every_iri_leads_to_its_description_in_every_format(small: Path, host: str) -> None:
    quads = [*TableGraph(small).quads(), *vocabulary()]
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
    paths = {s.value.removeprefix(BASE) for s in subjects if s.value.startswith(BASE)}
    formats = {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/rdf+xml": RdfFormat.RDF_XML,
    }
    address = host.removeprefix("http://")
    with closing(HTTPConnection(address, timeout=10)) as connection:

        @cache
        def get(path: str, accept: str) -> tuple[HTTPResponse, bytes]:
            connection.request("GET", path, headers={"Accept": accept})
            answer = connection.getresponse()
            return answer, answer.read()

        @cache
        def described(document: str, media_type: str) -> set[str]:
            answer, content = get(document, "*/*")
            assert answer.headers["Content-Type"].partition(";")[0] == media_type
            return {str(quad.subject) for quad in parse(content, formats[media_type])}

        for path in sorted(paths):
            for media_type in formats:
                answer, _ = get(f"/{path.partition('#')[0]}", media_type)
                assert answer.status == 303, path
                document = answer.headers["Location"].partition("#")[0]
                assert f"<{BASE}{path}>" in described(document, media_type), path


def test_all_formats_are_weighed(host: str) -> None:
    for accept, suffix in {
        "text/html;q=0, */*": ".ttl",
        "text/turtle;q=0.1, application/ld+json;q=0.2": ".jsonld",
        "text/*;q=0.3, application/n-triples;q=0.4, text/turtle;q=0.5": ".ttl",
        **RDF_CLIENTS,
    }.items():
        answer = ask(f"{host}/actor/abb", Accept=accept)
        assert answer.headers["Location"] == f"/actor/abb{suffix}"


def test_a_thing_and_its_documents_name_every_format(host: str) -> None:
    thing = ask(f"{host}/actor/abb", Accept="text/turtle").headers["Link"]
    page = ask(f"{host}/actor/abb.html").headers["Link"]
    for media_type, suffix in {
        "text/turtle": ".ttl",
        "application/ld+json": ".jsonld",
        "application/n-triples": ".nt",
        "application/rdf+xml": ".rdf",
    }.items():
        link = f'</actor/abb{suffix}>; rel="alternate"; type="{media_type}"'
        assert link in thing
        assert link in page


def test_a_page_without_rdf_names_no_other_format(host: str) -> None:
    answer = ask(f"{host}/about.html")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Link" not in answer.headers


def test_what_was_not_changed_is_not_sent_again(host: str) -> None:
    first = ask(f"{host}/actor/abb.ttl")
    again = ask(f"{host}/actor/abb.ttl", If_None_Match=first.headers["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_head_is_that_of_the_whole_answer(host: str) -> None:
    for path in ("/actor/abb", "/actor/abb.ttl"):
        head, whole = (ask(f"{host}{path}", method) for method in ("HEAD", "GET"))
        assert head.content == b""
        assert head.status_code == whole.status_code
        for name in ("Content-Length", "Location", "Content-Type", "ETag", "Link"):
            assert head.headers.get(name) == whole.headers.get(name)


def test_pages_of_others_may_read_and_nobody_may_write(host: str) -> None:
    answer = ask(f"{host}/actor/abb.ttl")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    allowed = ask(f"{host}/actor/abb", "OPTIONS")
    assert (allowed.status_code, allowed.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("PUT", "POST", "DELETE"):
        refused = ask(f"{host}/actor/abb.ttl", method)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    "path",
    [
        "/.secret",
        "/../secret.ttl",
        "/%2e%2e/secret.ttl",
        "/actor/%2e%2e/%2e%2e/secret.ttl",
        "/actor%2f..%2f..%2fsecret.ttl",
        "//etc/passwd",
        "/%00",
        "/actor",
        "/actor/nobody",
        "/endorsement/paris-call/nobody/1",
    ],
)
def test_nothing_else_is_there(host: str, path: str) -> None:
    session = requests.Session()
    request = requests.Request("GET", host).prepare()
    request.url = host + path  # as it stands, without the dots taken out
    answer = session.send(request, timeout=10, allow_redirects=False)
    session.close()
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "root:" not in answer.text


def test_what_is_missing_is_said_in_the_language_of_the_reader(host: str) -> None:
    page = ask(f"{host}/nothing", Accept="text/html", Accept_Language="fr")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="fr"' in page.text
    plain = ask(f"{host}/nothing", Accept="text/turtle")
    assert (plain.status_code, plain.text) == (404, "nothing is described here.\n")


def test_a_link_out_of_the_site_is_not_followed(small_site: Path, host: str) -> None:
    (small_site / "link.ttl").symlink_to(small_site.parent / "secret.ttl")
    assert ask(f"{host}/link.ttl").status_code == 404


def test_the_endpoint_leads_people_to_the_page_for_queries(host: str) -> None:
    people = ask(f"{host}/sparql", Accept="text/html,application/xml;q=0.9,*/*;q=0.8")
    assert (people.status_code, people.headers["Location"]) == (303, "/sparql.html")
    program = ask(f"{host}/sparql", Accept="*/*")
    assert (program.status_code, program.headers["Content-Type"]) == (
        200,
        "text/turtle; charset=utf-8",
    )


def test_a_folder_that_is_no_site_is_named(run: Run, tmp_path: Path) -> None:
    finished = run("serve", "--site", tmp_path / "none", "--port", "0")
    assert finished.returncode == 2
    assert finished.stderr == "Error: none is not a site. Make one with 'pariscall site'.\n"
