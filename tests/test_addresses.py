"""Every IRI leads to the document that describes it, in the format that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests
from pyoxigraph import NamedNode

from conftest import Run
from hosts import apache
from pariscall.addresses.kinds import KINDS, find_address, find_document
from pariscall.addresses.preferences import preferences
from pariscall.addresses.w3id import w3id
from pariscall.graph import Graph, vocabulary
from pariscall.iris import BASE

SITE = "https://example.org/calls/"
EXAMPLES = {
    "": "index",
    "ns": "ns",
    "ns/0.1.0": "ns/0.1.0",
    "ns/align": "ns/align",
    "shapes": "shapes",
    "code/status": "code/status",
    "actor/abb": "actor/abb",
    "call/paris-call": "call/paris-call",
    "call/paris-call/principle/3": "call/paris-call/principle/3",
    "event/launch": "event/launch",
    "source/paris-call-registry/cc88a7b": "source/paris-call-registry/cc88a7b",
    "claim/paris-call-registry/cc88a7b/abb": "claim/paris-call-registry/cc88a7b/abb",
    "registry/paris-call": "registry/paris-call",
    "agent/maintainers": "agent/maintainers",
    "dataset/paris-call": "dataset/paris-call",
    "dataset/paris-call/2026.11.22": "dataset/paris-call/2026.11.22",
    "endorsement/paris-call/abb/1": "actor/abb",
    "endorsement/paris-call/abb/1/event/signature": "actor/abb",
    "registry/paris-call/entry/abb": "actor/abb",
}
FILES = (
    "context/v1.jsonld",
    "dataset/paris-call/2026.11.22/paris-call.ttl.gz",
    "dataset/paris-call/2026.11.22/vocabulary/ontology.nt",
    "actor/abb.ttl",
    "actor/abb.fr.html",
)
CHOICES = {
    "": ".html",
    "*/*": ".html",
    "text/html": ".html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8": ".html",
    "text/turtle": ".ttl",
    "text/turtle;charset=utf-8": ".ttl",
    "application/ld+json": ".jsonld",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': ".jsonld",
    "application/n-triples": ".nt",
    "application/*": ".jsonld",
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,*/*;q=0.3": ".ttl",
    "application/rdf+xml, text/turtle;q=0.8, text/html;q=0": ".ttl",
    "text/html;q=0.5, application/n-triples": ".nt",
    "image/png, */*;q=0.1": ".html",
}
REFUSED = ("image/png", "text/html;q=0", "application/rdf+xml", "text/turtles", "xtext/turtle")


def iris_of_ours() -> set[str]:
    quads = [*Graph().quads(), *vocabulary()]
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    return {t.value for t in terms if isinstance(t, NamedNode) and t.value.startswith(BASE)}


def test_every_iri_of_the_published_graph_leads_to_a_document() -> None:
    assert [iri for iri in sorted(iris_of_ours()) if find_document(iri) is None] == []


def test_no_iri_has_two_kinds_and_every_kind_an_example() -> None:
    paths = {iri.removeprefix(BASE).partition("#")[0] for iri in iris_of_ours()}
    paths |= EXAMPLES.keys() | set(FILES[:3])
    found = {path: [k.name for k in KINDS if re.fullmatch(k.path, path)] for path in paths}
    assert [path for path, kinds in found.items() if len(kinds) != 1] == []
    assert {kinds[0] for kinds in found.values()} == {kind.name for kind in KINDS}


@pytest.mark.parametrize(("path", "document"), EXAMPLES.items())
def test_an_iri_leads_to_the_document_that_describes_it(path: str, document: str) -> None:
    address = find_address(path)
    assert address is not None
    assert address.document == document
    assert address.fragment == (path if document != (path or "index") else "")


@pytest.mark.parametrize(
    "path", ["actor/", "actor/a/b", "actor/A", "actor/../etc", "nothing", "actor/abb\n", "code/a#b"]
)
def test_what_we_do_not_mint_leads_nowhere(path: str) -> None:
    assert find_address(path) is None


def test_the_address_of_others_leads_nowhere_with_us() -> None:
    assert find_document("https://example.org/actor/abb") is None


@pytest.mark.parametrize(("accept", "suffix"), CHOICES.items())
def test_the_preferred_format_is_told_from_the_header(accept: str, suffix: str) -> None:
    assert next(s for expression, s in preferences() if re.search(expression, accept)) == suffix


@pytest.mark.parametrize("accept", REFUSED)
def test_a_header_that_names_nothing_we_have_is_told(accept: str) -> None:
    assert not [s for expression, s in preferences() if re.search(expression, accept)]


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Serve the rules of the permanent address from a folder of a real Apache, as w3id.org does."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # Apache does not read as root
        rules = folder / "root" / "mscall" / ".htaccess"
        rules.parent.mkdir(parents=True)
        rules.write_text(w3id(SITE), encoding="utf-8")
        with apache(folder / "apache", folder / "root") as address:
            yield f"{address}/mscall/"


def ask(host: str, path: str, accept: str = "", language: str = "") -> requests.Response:
    headers = {"Accept": accept, "Accept-Language": language}
    return requests.get(host + path, headers=headers, allow_redirects=False, timeout=10)


@pytest.mark.parametrize(("path", "document"), EXAMPLES.items())
def test_apache_leads_each_kind_of_iri_to_its_document_in_each_format(
    host: str, path: str, document: str
) -> None:
    fragment = f"#{path}" if document != (path or "index") else ""
    for media_type, suffix in (
        ("text/html", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
    ):
        answer = ask(host, path, media_type)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{SITE}{document}{suffix}{fragment}"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(("accept", "suffix"), CHOICES.items())
def test_apache_chooses_the_preferred_format(host: str, accept: str, suffix: str) -> None:
    assert ask(host, "actor/abb", accept).headers["Location"] == f"{SITE}actor/abb{suffix}"


@pytest.mark.parametrize(
    ("language", "suffix"),
    [
        ("fr", ".fr.html"),
        ("fr-CH, en;q=0.5", ".fr.html"),
        ("en, fr;q=0.5", ".html"),
        ("frr", ".html"),
    ],
)
def test_apache_chooses_the_language_of_the_page(host: str, language: str, suffix: str) -> None:
    answer = ask(host, "actor/abb", "text/html", language)
    assert answer.headers["Location"] == f"{SITE}actor/abb{suffix}"
    assert ask(host, "actor/abb", "text/turtle", language).headers["Location"].endswith("abb.ttl")


@pytest.mark.parametrize("accept", REFUSED)
def test_apache_answers_406_where_nothing_fits(host: str, accept: str) -> None:
    assert ask(host, "actor/abb", accept).status_code == 406


@pytest.mark.parametrize("path", FILES)
def test_apache_leads_a_file_to_itself_whatever_is_accepted(host: str, path: str) -> None:
    answer = ask(host, path, "image/png")
    assert (answer.status_code, answer.headers["Location"]) == (302, SITE + path)


@pytest.mark.parametrize("path", ["actor/A", "nothing", "actor/abb/more", "actor/%0Ax"])
def test_apache_knows_nothing_else(host: str, path: str) -> None:
    assert ask(host, path).status_code == 404


def test_the_rules_are_written_by_the_command(run: Run, tmp_path: Path) -> None:
    finished = run("addresses", "w3id", "--site", SITE, "-o", "rules")
    assert finished.returncode == 0
    assert (tmp_path / "rules").read_text(encoding="utf-8") == w3id(SITE)
    assert run("addresses", "w3id", "--site", SITE).stdout == w3id(SITE)


@pytest.mark.parametrize(
    "site", ["ftp://example.org/", "example.org", "https://e.org/ x/", "https://"]
)
def test_a_site_that_is_no_web_address_is_refused(run: Run, site: str) -> None:
    finished = run("addresses", "w3id", "--site", site)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "is not a web address" in finished.stderr
