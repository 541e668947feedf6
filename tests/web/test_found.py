"""A site can be found: descriptions, a feed, structured data, and a sitemap where its address is known."""

from __future__ import annotations

import json
import re
import shutil
import struct
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from pariscall.project import current
from pariscall.publish.dumps import DUMPS
from pariscall.web.site.citation import report
from pariscall.web.site.messages import words
from support.command import EXAMPLE, run_command
from support.html import RELEASED, Parsed, page, pages

pytestmark = pytest.mark.slow

HARBOUR = EXAMPLE.parent / "harbour"
ALL = "downloads/paris-call-events"
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {"application/atom+xml": ".atom", "application/feed+json": ".json"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def meta_of(here: Parsed, key: str) -> list[str]:
    return [each["content"] for each in here.all("meta") if key in each.values()]


def meta(site: Path, name: str, key: str) -> list[str]:
    return meta_of(page(site, name), key)


def test_every_page_says_what_it_is_and_where_the_feed_is(small_site: Path) -> None:
    for name, here in pages(small_site):
        descriptions = [
            each["content"] for each in here.all("meta") if each.get("name") == "description"
        ]
        assert len(descriptions) == 1, name
        assert descriptions[0], name
        assert "<" not in descriptions[0], name
        for kind, suffix in FEEDS.items():
            feeds = here.all("link", rel="alternate", type=kind)
            # A host shows the page 404 at any depth, whose links lead above the top.
            files = [urljoin(f"/{name}", each["href"]).removeprefix("/") for each in feeds]
            assert files[-1] == f"{ALL}{suffix}", name
            assert all((small_site / file).is_file() for file in files), name


def test_every_page_has_an_icon_and_the_image_of_its_kind(small_site: Path) -> None:
    images: dict[str, set[str]] = {}
    for name, here in pages(small_site):
        if name.startswith("404"):  # whose links lead above the top
            continue
        [icon] = here.all("link", rel="icon")
        [image] = [
            each["content"] for each in here.all("meta") if each.get("property") == "og:image"
        ]
        for address in (icon["href"], image):
            assert (small_site / name).parent.joinpath(address).resolve().is_file(), name
        lang = "fr" if name.endswith(".fr.html") else "en"
        assert image.endswith(f".{lang}.png"), name
        images.setdefault(name.partition("/")[0], set()).add(image.rpartition("/")[2])
    assert images["actor"] == {"party.en.png", "party.fr.png"}
    for folder, kind in (("call", "call"), ("claim", "source"), ("question", "question")):
        assert images[folder] == {f"{kind}.en.png", f"{kind}.fr.png"}
    sizes = {
        struct.unpack(">II", path.read_bytes()[16:24])
        for path in (small_site / "assets/share").iterdir()
    }
    assert sizes == {(1200, 630)}


KINDS = ["actor", "call", "claim", "country", "event", "question", "source"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_kind_says_how_to_cite_it(small_site: Path, kind: str) -> None:
    for name, _ in pages(small_site):
        if name.startswith(f"{kind}/"):
            text = (small_site / name).read_text("utf-8")
            lang = "fr" if name.endswith(".fr.html") else "en"
            [cited] = re.findall(r'<section class="cite">(.*?)</section>', text, re.DOTALL)
            assert words(lang)["cite"] in cited
            iri = name.removesuffix(".html").removesuffix(".fr")
            address = f"https://w3id.org/mscall/{iri}"
            known = "country/" in address or kind == "question" or address in cited
            assert known, name


def news(site: Path, path: str) -> tuple[list[str], list[str]]:
    """Read the identifiers of a feed, from Atom and from JSON Feed."""
    atom = ET.parse(site / f"{path}.atom").getroot()
    feed = json.loads((site / f"{path}.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == atom.findtext(f"{ATOM}title")
    for item in feed["items"]:  # what version 1.1 asks for
        assert item["id"]
        assert item["content_text"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", item["date_published"])
    identifiers = [entry.findtext(f"{ATOM}id") or "" for entry in atom.iter(f"{ATOM}entry")]
    return identifiers, [item["id"] for item in feed["items"]]


def test_countries_and_categories_have_feeds_of_their_own(small_site: Path) -> None:
    feeds = sorted(
        file.relative_to(small_site).as_posix().removesuffix(".atom")
        for file in small_site.rglob("*.atom")
        if not RELEASED.match(file.relative_to(small_site).as_posix())
    )
    every, in_json = news(small_site, ALL)
    assert every == in_json
    of_a_kind: dict[str, set[str]] = {"country": set(), "category": set()}
    for path in (path for path in feeds if path != ALL):
        found, in_json = news(small_site, path)
        assert found == in_json, path
        of_a_kind[path.partition("/")[0]] |= set(found)
        stem = path.removesuffix("/events")
        for suffix in (".html", ".fr.html"):
            name = f"{stem}{suffix}"
            first = page(small_site, name).all("link", type="application/atom+xml")[0]
            assert urljoin(f"/{name}", first["href"]) == f"/{path}.atom"
    assert of_a_kind["category"] == set(every)
    assert of_a_kind["country"] <= set(every)
    assert any("/abb/" in each for each in news(small_site, "country/SWE/events")[0])


@pytest.mark.parametrize(("lang", "suffix"), [("en", ".html"), ("fr", ".fr.html")])
def test_a_party_is_shared_with_its_sentence(small_site: Path, lang: str, suffix: str) -> None:
    [title] = meta(small_site, f"actor/abb{suffix}", "og:title")
    [description] = meta(small_site, f"actor/abb{suffix}", "og:description")
    [locale] = meta(small_site, f"actor/abb{suffix}", "og:locale")
    assert title == "ABB"
    assert {"en": "has supported", "fr": "qui soutient"}[lang] in description
    assert locale.startswith(lang)


def described(file: Path) -> dict[str, object]:
    [text] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8")
    )
    found: dict[str, object] = json.loads(text)
    return found


def test_parties_dataset_and_site_are_described_for_search_engines(small_site: Path) -> None:
    party = described(small_site / "actor/abb.html")
    assert (party["@type"], party["name"]) == ("Organization", "ABB")
    assert party["location"] == [{"@type": "Country", "name": "Sweden"}]
    assert described(small_site / "actor/austria.fr.html")["@type"] == "Country"
    dataset = described(small_site / "dataset/paris-call.html")
    assert dataset["@type"] == "Dataset"
    assert len(str(dataset["description"])) > 50  # as Google Dataset Search asks for
    assert dataset["license"]
    assert described(small_site / "index.fr.html")["name"] == words("fr")["site"]


def test_without_an_address_there_is_no_sitemap_and_nothing_canonical(small_site: Path) -> None:
    assert (small_site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert not (small_site / "sitemap.xml").exists()
    assert page(small_site, "index.html").all("link", rel="canonical") == []
    # Engines want whole addresses of translations: https://developers.google.com/search/docs/specialty/international/localized-versions
    assert [each for each in page(small_site, "index.html").all("link") if "hreflang" in each] == []


def test_with_an_address_each_page_is_in_the_sitemap_once(tmp_path: Path) -> None:
    shutil.copytree(HARBOUR, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "mscall.toml"
    text = file.read_text(encoding="utf-8")
    assert "[site]" not in text
    file.write_text(f'{text}\n[site]\naddress = "https://ports.example/"\n', encoding="utf-8")
    run_command(tmp_path, ["site"]).check_returncode()
    site = tmp_path / "build/site"
    assert "Sitemap: https://ports.example/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    urls = [each.text or "" for each in ET.parse(site / "sitemap.xml").iter(f"{SITEMAP}loc")]
    assert len(urls) == len(set(urls)) > 20
    for url in urls:
        name = url.removeprefix("https://ports.example/")
        [canonical] = page(site, name).all("link", rel="canonical")
        assert canonical["href"] == url
        stem = url.removesuffix(".html").removesuffix(".fr")
        twins = page(site, name).all("link", rel="alternate", type="text/html")
        assert {each["hreflang"]: each["href"] for each in twins} == {
            "en": f"{stem}.html",
            "fr": f"{stem}.fr.html",
        }
        [image] = meta_of(page(site, name), "og:image")
        assert image.startswith("https://ports.example/assets/share/")
        assert (site / image.removeprefix("https://ports.example/")).is_file()
        [feed, *_] = page(site, name).all("link", rel="alternate", type="application/atom+xml")
        assert (site / name).parent.joinpath(feed["href"]).resolve().is_file()
    assert not [url for url in urls if "404" in url or "search" in url]
    dataset = described(site / "dataset/harbour-charter.html")
    assert "https://ports.example/downloads/" in json.dumps(dataset["distribution"])


def test_every_site_has_files_to_download(small_site: Path) -> None:
    links = page(small_site, "dataset/paris-call.html").all("a")
    offered = [small_site / "dataset" / link["href"] for link in links if "download" in link]
    names = {dump.file for dump in DUMPS}
    assert len(offered) == 6
    assert {file.name for file in offered} <= names
    assert all(file.resolve().is_file() for file in offered)
    on_map = [link["href"] for link in page(small_site, "map.html").all("a") if "download" in link]
    [countries] = [small_site / href for href in on_map if href.endswith(".geojson")]
    assert countries.is_file()


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (
            "mailto:a@b.example",
            "mailto:a@b.example?subject=Error%20on%20the%20page%20%E2%80%9CA%20%26%20B%E2%80%9D&body=https%3A%2F%2Fx.example%2Fa",
        ),
        (
            "https://forge.example/o/r/issues/new",
            "https://forge.example/o/r/issues/new?title=Error%20on%20the%20page%20%E2%80%9CA%20%26%20B%E2%80%9D&body=https%3A%2F%2Fx.example%2Fa",
        ),
        ("https://forge.example/contact", "https://forge.example/contact"),
    ],
)
def test_an_error_is_reported_with_the_page_it_is_on(
    monkeypatch: pytest.MonkeyPatch, contact: str, expected: str
) -> None:
    project = replace(current(), contact=contact)
    monkeypatch.setattr("pariscall.web.site.citation.current", lambda: project)
    assert report("A & B", "https://x.example/a", "en") == expected
