"""Every IRI leads to the document that describes it, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

import pytest
import requests

from pariscall.web.routes.apache import htaccess, w3id
from pariscall.web.routes.nginx import nginx as nginx_rules
from pariscall.web.routes.routes import ROUTES
from pariscall.web.routes.static_hosts import headers, redirects
from support.command import Run
from support.hosts import apache, nginx
from support.routes import CHOICES, EXAMPLES, FILES, REFUSED
from support.server import serving

pytestmark = pytest.mark.server

SITE = "https://example.org/calls/"
TYPES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Make a folder that servers can read which do not run as root, with a small site in it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for document in {*EXAMPLES.values(), "context/v1"}:
            for suffix in TYPES.values():
                path = folder / "root" / "calls" / f"{document}{suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(document, encoding="utf-8")
        yield folder


@pytest.fixture(scope="module")
def permanent(folder: Path) -> Iterator[str]:
    """Serve the permanent address by a real Apache, as w3id.org does."""
    rules = folder / "w3id" / "mscall" / ".htaccess"
    rules.parent.mkdir(parents=True)
    rules.write_text(w3id(SITE), encoding="utf-8")
    with apache(folder / "apache-w3id", folder / "w3id") as address:
        yield f"{address}/mscall/"


@pytest.fixture(scope="module")
def apache_site(folder: Path) -> Iterator[str]:
    """Serve the site by a real Apache, from a folder of its own."""
    (folder / "root" / "calls" / ".htaccess").write_text(htaccess(), encoding="utf-8")
    with apache(folder / "apache", folder / "root") as address:
        yield f"{address}/calls/"


@pytest.fixture(scope="module")
def nginx_site(folder: Path) -> Iterator[str]:
    """Serve the site by a real nginx, from a folder of its own."""
    rules = folder / "rules"
    rules.write_text(nginx_rules("/calls/"), encoding="utf-8")
    with nginx(folder / "nginx", folder / "root", rules) as address:
        yield f"{address}/calls/"


@pytest.fixture(scope="module")
def own_site(folder: Path) -> Iterator[str]:
    """Serve the site by our own server, which has the whole host."""
    with serving(folder, "--site", str(folder / "root" / "calls")) as server:
        yield f"http://127.0.0.1:{server.port}/"


@pytest.fixture(params=["permanent", "apache_site", "nginx_site", "own_site"])
def host(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Give the address at which IRIs lead on, and the one of the site to which they do."""
    address: str = request.getfixturevalue(request.param)
    return address, SITE if request.param == "permanent" else address


def ask(address: str, accept: str = "", language: str = "") -> requests.Response:
    header = {"Accept": accept, "Accept-Language": language}
    return requests.get(address, headers=header, allow_redirects=False, timeout=10)


def location(answer: requests.Response) -> str:
    return urljoin(answer.url, answer.headers["Location"])


@pytest.mark.parametrize(("path", "document"), EXAMPLES.items())
def test_each_kind_of_iri_leads_to_its_document_in_each_format(
    host: tuple[str, str], path: str, document: str
) -> None:
    base, site = host
    fragment = f"#{path}" if document != (path or "index") else ""
    for media_type, suffix in TYPES.items():
        answer = ask(base + path, media_type)
        assert answer.status_code == 303
        assert location(answer) == f"{site}{document}{suffix}{fragment}"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(("accept", "suffix"), CHOICES.items())
def test_the_preferred_format_is_chosen(host: tuple[str, str], accept: str, suffix: str) -> None:
    base, site = host
    assert location(ask(f"{base}actor/abb", accept)) == f"{site}actor/abb{suffix}"


@pytest.mark.parametrize(
    ("language", "suffix"),
    [
        ("fr", ".fr.html"),
        ("fr-CH, en;q=0.5", ".fr.html"),
        ("en, fr;q=0.5", ".html"),
        ("frr", ".html"),
    ],
)
def test_the_language_of_the_page_is_chosen(
    host: tuple[str, str], language: str, suffix: str
) -> None:
    base, site = host
    iri = f"{base}actor/abb"
    assert location(ask(iri, "text/html", language)) == f"{site}actor/abb{suffix}"
    assert location(ask(iri, "text/turtle", language)) == f"{site}actor/abb.ttl"


@pytest.mark.parametrize("accept", REFUSED)
def test_where_nothing_fits_the_answer_is_406(host: tuple[str, str], accept: str) -> None:
    assert ask(f"{host[0]}actor/abb", accept).status_code == 406


@pytest.mark.parametrize("path", ["actor/A", "nothing", "actor/abb/more", "actor/%0Ax"])
def test_nothing_else_is_known(host: tuple[str, str], path: str) -> None:
    assert ask(host[0] + path).status_code == 404


@pytest.mark.parametrize("path", FILES)
def test_the_permanent_address_of_a_file_leads_to_it(permanent: str, path: str) -> None:
    answer = ask(permanent + path, "image/png")
    assert (answer.status_code, answer.headers["Location"]) == (302, SITE + path)


@pytest.mark.parametrize("site", ["apache_site", "nginx_site", "own_site"])
@pytest.mark.parametrize(("media_type", "suffix"), TYPES.items())
def test_a_document_is_given_out_with_its_type(
    request: pytest.FixtureRequest, site: str, media_type: str, suffix: str
) -> None:
    answer = ask(f"{request.getfixturevalue(site)}call/paris-call{suffix}", "image/png")
    assert (answer.status_code, answer.text) == (200, "call/paris-call")
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_hosts_that_cannot_choose_lead_to_pages() -> None:
    assert "/endorsement/:call/:party/:n /actor/:party 303\n" in redirects()
    assert len(redirects().splitlines()) == sum(route.is_part for route in ROUTES)
    assert "/*.ttl\n  Content-Type: text/turtle; charset=utf-8\n" in headers()


@pytest.mark.parametrize(
    ("host", "rules"),
    [
        ("w3id", w3id(SITE)),
        ("apache", htaccess()),
        ("nginx", nginx_rules("/calls/")),
        ("netlify", redirects()),
        ("netlify-headers", headers()),
    ],
)
def test_the_rules_are_written_by_the_command(
    run: Run, tmp_path: Path, host: str, rules: str
) -> None:
    assert run("redirects", host, "--site", SITE, "-o", "rules").returncode == 0
    assert (tmp_path / "rules").read_text(encoding="utf-8") == rules
    assert run("redirects", host, "--site", SITE).stdout == rules


@pytest.mark.parametrize(
    "site", ["ftp://example.org/", "example.org", "https://e.org/ x/", "https://"]
)
def test_a_site_that_is_no_web_address_is_refused(run: Run, site: str) -> None:
    finished = run("redirects", "w3id", "--site", site)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "is not a web address" in finished.stderr


def test_the_permanent_address_must_lead_somewhere(run: Run) -> None:
    finished = run("redirects", "w3id")
    assert finished.returncode == 2
    assert "Name the URL of the site with --site." in finished.stderr
