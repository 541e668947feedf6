"""The site: every IRI leads to a page, and the same is beside it as RDF."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from pyoxigraph import NamedNode, Quad, parse

from pariscall import bundle
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.rdf.canonical import graph_hash
from pariscall.rdf.formats import format_of
from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.rdf.reader import read_files
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.shape_files import project_shapes
from pariscall.web.routes.pages import locate
from pariscall.web.site.locale import format_bytes
from support.graphs import lines
from support.html import page, pages, parsed
from support.releases import VERSION
from support.sites import LANGUAGES, site_with_release

pytestmark = pytest.mark.slow

DOWNLOADS = f"dataset/paris-call/{VERSION}"
TOP = "https://host.example/"
HOST = TOP + "some/folder/"


@pytest.fixture(scope="session")
def site(small: Path, small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_release(small, small_release, tmp_path_factory)


def published(small: Path) -> list[Quad]:
    files = list(dict.fromkeys(path for paths in VOCABULARIES.values() for path in paths))
    return [*TableGraph(small).quads(), *read_files(files)]


def test_every_iri_of_ours_has_its_page_and_its_place_there(small: Path, site: Path) -> None:
    quads = [*TableGraph(small).quads(), *vocabulary()]
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    missing = []
    for iri in sorted(iri for iri in iris if iri.startswith(BASE)):
        location = locate(iri)
        assert location is not None, iri
        if location.route.is_file:
            assert (site / location.document).is_file()
            continue
        for suffix in LANGUAGES.values():
            path = site / f"{location.document}{suffix}"
            if not path.exists() or (
                location.fragment and location.fragment not in parsed(path).ids
            ):
                missing.append(iri)
    assert missing == []
    shapes = [path.read_text(encoding="utf-8") for path in bundle.SHAPES.rglob("*.ttl")]
    names = set(re.findall(r"^shapes:([\w-]+) a sh:", "\n".join(shapes), re.MULTILINE))
    assert names <= page(site, "shapes.html").ids


def test_every_link_within_the_site_leads_to_what_is_there(site: Path) -> None:
    broken = []
    for name, here in pages(site):
        for tag, attributes in here.elements:
            target = attributes.get("href")
            if tag not in ("a", "link") or target is None:
                continue
            base = TOP if name.startswith("404") else HOST  # which a host shows at any depth
            address = urljoin(base + name, target)
            if not address.startswith(base):
                assert urlsplit(target).scheme in ("http", "https"), (name, target)
                continue
            path, _, fragment = address.removeprefix(base).partition("#")
            file = site / path.partition("?")[0]  # what a page is asked, a script reads
            if fragment.startswith("query="):  # which a script reads
                fragment = ""
            if not file.is_file() or (fragment and fragment not in parsed(file).ids):
                broken.append((name, target))
    assert broken == []


def test_the_data_beside_the_pages_are_the_published_graph(small: Path, site: Path) -> None:
    found: dict[str, list[Quad]] = {}
    for path in sorted(site.rglob("*.nt")):
        name = path.relative_to(site).as_posix().removesuffix(".nt")
        if not name.startswith(DOWNLOADS):
            hashes = set()
            for suffix in (".ttl", ".jsonld", ".nt", ".rdf"):
                file = path.with_name(path.name.removesuffix(".nt") + suffix)
                kind = format_of(file)
                assert kind
                quads = list(parse(path=str(file), format=kind.rdf, rename_blank_nodes=True))
                hashes.add(graph_hash(lines(quads)))
            assert len(hashes) == 1, name
            found[name] = quads
            assert (site / f"{name}.html").is_file()
            assert path.read_bytes() == b"".join(
                sorted(path.read_bytes().splitlines(keepends=True))
            )
    assert graph_hash(lines(found.pop("ns/0.1.0"))) == graph_hash(lines(found["ns"]))
    # The shapes of the project are in no version of ours.
    of_the_project = list(read_files(project_shapes()))
    ours = found.pop("shapes/0.1.0")
    assert graph_hash(lines([*ours, *of_the_project])) == graph_hash(lines(found["shapes"]))
    union = [quad for quads in found.values() for quad in quads]
    assert graph_hash(lines(union)) == graph_hash(lines([*published(small), *of_the_project]))


def test_a_document_says_nothing_of_what_others_describe(site: Path) -> None:
    for quad in parse(path=str(site / "actor" / "abb.nt")):
        assert isinstance(quad.subject, NamedNode)
        location = locate(quad.subject.value)
        assert location
        assert location.document == "actor/abb"


def test_every_page_has_a_twin_in_the_other_language_and_leads_there(site: Path) -> None:
    for name, here in pages(site):
        stem = name.removesuffix(".fr.html").removesuffix(".html")
        lang = "fr" if name.endswith(".fr.html") else "en"
        assert here.elements[0] == ("html", {"lang": lang})
        other = "en" if lang == "fr" else "fr"
        twins = [urljoin(TOP + name, a["href"]) for a in here.all("a", hreflang=other)]
        assert twins == [f"{TOP}{stem}{LANGUAGES[other]}"]


def test_an_english_reader_gets_english_names_and_a_french_one_french(site: Path) -> None:
    assert "<h1><bdi>Austria</bdi></h1>" in (site / "actor/austria.html").read_text("utf-8")
    assert "<h1><bdi>Autriche</bdi></h1>" in (site / "actor/austria.fr.html").read_text("utf-8")
    french = (site / "call/paris-call/principle/1.fr.html").read_text("utf-8")
    assert '<bdi lang="en">Preventing' in french


def test_nothing_is_loaded_from_elsewhere_and_no_script_is_within_a_page(site: Path) -> None:
    loaded = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
    for name, here in pages(site):
        [policy] = here.all("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none';"), name
        allowed = "'wasm-unsafe-eval'" if name.startswith("sparql.") else ""
        assert "unsafe" not in policy["content"].replace(allowed, "")
        assert not here.all("style")
        assert not here.all("base")
        for script in here.all("script"):
            assert script == {"type": "application/ld+json"} or "src" in script
        for tag, attributes in here.elements:
            assert not {key for key in attributes if key.startswith("on") or key == "style"}
            addresses = [attributes[loaded[tag]]] if loaded.get(tag, "") in attributes else []
            if tag == "link" and attributes["rel"] in ("stylesheet", "icon"):
                addresses.append(attributes["href"])
            assert all(not urlsplit(address).netloc for address in addresses), name
    assert "http" not in (site / "assets" / "style.css").read_text("utf-8")
    assert "@import" not in (site / "assets" / "style.css").read_text("utf-8")


def test_what_leads_elsewhere_vouches_for_nothing(site: Path) -> None:
    outside = [a for _, here in pages(site) for a in here.all("a") if urlsplit(a["href"]).netloc]
    assert outside
    assert {a["rel"] for a in outside} == {"noopener nofollow ugc"}


def test_a_page_is_signposted(site: Path) -> None:
    here = page(site, "actor/abb.html")
    assert [link["href"] for link in here.all("link", rel="cite-as")] == [BASE + "actor/abb"]
    for rel in ("describedby", "alternate"):
        data = {link["type"]: link["href"] for link in here.all("link", rel=rel)}
        assert data.items() >= {
            ("text/turtle", "../actor/abb.ttl"),
            ("application/ld+json", "../actor/abb.jsonld"),
            ("application/n-triples", "../actor/abb.nt"),
            ("application/rdf+xml", "../actor/abb.rdf"),
        }
    assert [link["href"] for link in here.all("link", rel="license")] == [
        "https://spdx.org/licenses/EUPL-1.2"
    ]
    types = {link["href"] for link in here.all("link", rel="type")}
    assert types == {
        "https://schema.org/AboutPage",
        PREFIXES["org"] + "Organization",
        PREFIXES["msc"] + "Signatory",
    }
    assert here.all("link", rel="collection")


def test_a_download_is_what_is_said_of_it(small_release: Path, site: Path) -> None:
    text = (site / f"{DOWNLOADS}.html").read_text("utf-8")
    rows = re.findall(
        r'href="([^"]+)" download>.*?</a></th><td>(.*?)</td><td><code class="sum">(\w+)', text
    )
    names = {
        path.relative_to(small_release).as_posix()
        for path in small_release.rglob("*")
        if path.is_file()
    }
    assert {urljoin(f"/{DOWNLOADS}.html", href) for href, _, _ in rows} == {
        f"/{DOWNLOADS}/{name}" for name in names
    }
    for href, size, checksum in rows:
        file = site / urljoin(f"/{DOWNLOADS}.html", href).lstrip("/")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == checksum
        assert size == format_bytes(file.stat().st_size, "en")
    here = page(site, f"{DOWNLOADS}.html")
    assert len(here.all("link", rel="item")) == len(names)
    assert (site / f"{DOWNLOADS}.ttl").read_bytes() == (small_release / "dcat.ttl").read_bytes()


def test_the_first_page_is_light(site: Path) -> None:
    scripts = ("assets/matching.js", "assets/search.js")
    files = ("index.html", "assets/style.css", "assets/icon.svg", *scripts)
    assert sum((site / name).stat().st_size for name in files) < 110_000
    shown = [*files, "assets/world.svg"]
    sent = (gzip.compress((site / name).read_bytes()) for name in shown)
    assert sum(map(len, sent)) < 50_000
