"""The site: every IRI leads to a page, and the same is beside it as RDF."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from pyoxigraph import NamedNode, Quad, Store, parse

from pariscall import bundle
from pariscall.errors import GateError, MisuseError, ReleaseError
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.query.dataset import Dataset
from pariscall.query.queries import answer, find_query
from pariscall.rdf.canonical import graph_hash
from pariscall.rdf.formats import format_of
from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.rdf.reader import read_files
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.shape_files import project_shapes
from pariscall.web.routes.pages import locate
from pariscall.web.site.assembly import build
from pariscall.web.site.locale import format_bytes
from pariscall.web.site.messages import words
from support.command import Run
from support.html import digests, page, pages, parsed
from support.releases import VERSION
from support.shared import made_once
from support.tables import DELISTED, SUCCESSOR, SUPERSEDED, edit, read_records

pytestmark = pytest.mark.slow

DOWNLOADS = f"dataset/paris-call/{VERSION}"
LANGUAGES = {"en": ".html", "fr": ".fr.html"}
TOP = "https://host.example/"
HOST = TOP + "some/folder/"


@pytest.fixture(scope="session")
def site(small: Path, small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    make = partial(build, folder=small, releases=[small_release])
    return made_once(tmp_path_factory, "site-with-release", make)


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
                hashes.add(graph_hash(quads))
            assert len(hashes) == 1, name
            found[name] = quads
            assert (site / f"{name}.html").is_file()
            assert path.read_bytes() == b"".join(
                sorted(path.read_bytes().splitlines(keepends=True))
            )
    assert graph_hash(found.pop("ns/0.1.0")) == graph_hash(found["ns"])
    # The shapes of the project are in no version of ours.
    of_the_project = list(read_files(project_shapes()))
    ours = found.pop("shapes/0.1.0")
    assert graph_hash([*ours, *of_the_project]) == graph_hash(found["shapes"])
    union = [quad for quads in found.values() for quad in quads]
    assert graph_hash(union) == graph_hash([*published(small), *of_the_project])


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


@pytest.mark.parametrize("party", [*DELISTED, SUPERSEDED])
def test_a_party_that_is_gone_says_so_in_both_languages(site: Path, party: str) -> None:
    status = "superseded" if party == SUPERSEDED else "delisted"
    for lang, suffix in LANGUAGES.items():
        shown = {"delisted": ("Delisted", "Radié"), "superseded": ("Superseded", "Remplacé")}
        word = shown[status][lang == "fr"]
        own = page(site, f"actor/{party}{suffix}").text
        assert f"{words(lang)['ended']}{words(lang)['colon']}{word}." in own
        for where in (f"signatories{suffix}", f"index{suffix}"):
            text = (site / where).read_text("utf-8")
            row = next(line for line in text.split("\n") if f"actor/{party}{suffix}" in line)
            assert word in row


def test_a_party_that_was_superseded_leads_to_its_successor(site: Path) -> None:
    former, successor = (page(site, f"actor/{party}.html") for party in (SUPERSEDED, SUCCESSOR))
    endorsement = f"#endorsement/paris-call/{SUCCESSOR}/1"
    assert any(a["href"].endswith(endorsement) for a in former.all("a"))
    assert words("en")["takes_place_of"] in successor.text


def test_a_party_that_never_signed_says_so_with_what_others_say(site: Path) -> None:
    here = page(site, "actor/icann.html")
    assert words("en")["never_signatory"] in here.text
    assert "have expressed their desire to support the call" in here.text
    assert "Disputed" in here.text


def test_the_counts_of_the_first_page_are_those_of_sparql(small: Path, site: Path) -> None:
    store = Store()
    store.bulk_extend([*TableGraph(small).quads(), *vocabulary()])
    rows = answer(find_query("supporters-by-category"), Dataset(store), "csv").split()[1:]
    expected = {
        name.rpartition("#")[2]: int(number) for name, number in (r.split(",") for r in rows)
    }
    expected = {name.rpartition(":")[2]: number for name, number in expected.items()}
    text = (site / "index.html").read_text("utf-8")
    shown = re.findall(r'category/([\w-]+)\.html"><span>.*?</span> <b>(\d+)</b>', text)
    assert {name: int(number) for name, number in shown} == expected
    [supporters] = re.findall(r'signatories\.html\?status=active"><b>(\d+)</b>', text)
    assert int(supporters) == sum(expected.values())
    countries = (
        "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?p msc:endorses call:paris-call ; msc:country ?c }"
    )
    [counted] = re.findall(r'countries\.html"><b>(\d+)</b>', text)
    assert answer(find_query(countries), Dataset(store), "csv").split()[1] == counted
    for category, number in expected.items():
        here = page(site, f"category/{category}.html")
        assert len(here.all("th", scope="row")) >= number


def test_another_call_has_a_page_with_its_supporters_and_is_in_no_figure(
    small: Path, site: Path
) -> None:
    expected = {
        row["party"]
        for row in read_records(small / "endorsements.csv")
        if row["call"] == "counter-ransomware-initiative"
    }
    text = (site / "call" / "counter-ransomware-initiative.html").read_text("utf-8")
    assert set(re.findall(r'<li><a href="\.\./actor/([\w-]+)\.html"', text)) == expected
    assert "Other calls" in (site / "index.html").read_text("utf-8")
    assert "israel" in expected
    lists = [*site.glob("signatories*.html"), *site.glob("category/*.html")]
    assert not any("actor/israel.html" in path.read_text("utf-8") for path in lists)


def test_the_overlaps_of_the_calls_are_those_of_sparql(small: Path, site: Path) -> None:
    store = Store()
    store.bulk_extend([*TableGraph(small).quads(), *vocabulary()])
    ours = "?p msc:endorses call:paris-call , "
    here = page(site, "calls.html")
    figure = (site / "calls.html").read_text("utf-8").partition('id="chart-overlaps"')[2]
    drawn = figure.partition("</figure>")[0]
    assert drawn.count("<svg") == 2
    for call in ("counter-ransomware-initiative", "cybersecurity-tech-accord"):
        query = f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ {ours} call:{call} }}"
        number = answer(find_query(query), Dataset(store), "csv").split()[1]
        assert f'value="{number}"' in (site / "calls.html").read_text("utf-8")
        assert number in here.text
        assert f">{number}</text>" in drawn


def test_each_term_is_shown_with_how_often_it_is_used(small: Path, site: Path) -> None:
    used = sum(
        quad.predicate.value == PREFIXES["msc"] + "since" for quad in TableGraph(small).quads()
    )
    text = (site / "ns.html").read_text("utf-8")
    section = text.split('<section id="since"')[1].split("</section>")[0]
    assert f"{used}\u00a0times" in section


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


def test_a_release_that_was_changed_is_not_offered(
    small: Path, small_release: Path, tmp_path: Path
) -> None:
    spoilt = shutil.copytree(small_release, tmp_path / "spoilt")
    (spoilt / "paris-call-signatories.csv").write_bytes(b"a,b\n")
    with pytest.raises(ReleaseError, match="was changed since the release"):
        build(tmp_path / "site", small, [spoilt])
    (spoilt / "paris-call-signatories.csv").unlink()
    with pytest.raises(ReleaseError, match="is missing"):
        build(tmp_path / "site", small, [spoilt])
    with pytest.raises(MisuseError, match="the same version"):
        build(tmp_path / "site", small, [small_release, small_release])
    assert not (tmp_path / "site").exists()


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed_or_was_there_before(
    run: Run, small: Path, small_release: Path, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(site / "index.html", tmp_path / "other")  # as a site of an earlier run has it
    (tmp_path / "other" / "gone.html").touch()
    finished = run(
        *("site", "-o", "other", "--tables", small, "--release", small_release), PYTHONHASHSEED="7"
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("other: ")
    assert ", 1 release, " in finished.stdout
    assert digests(tmp_path / "other") == digests(site)
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_the_documentation_is_in_the_site_and_linked_from_its_pages(
    small: Path, site: Path, tmp_path: Path
) -> None:
    built, out = tmp_path / "built", tmp_path / "site"
    (built / "_static").mkdir(parents=True)
    (built / "index.html").write_text("<title>Install</title>", encoding="utf-8")
    (built / "_static" / "theme.css").write_text("", encoding="utf-8")
    build(out, small, documentation=built)
    assert digests(out / "docs") == digests(built)
    for path, target in (
        ("index.html", "docs/index.html"),
        ("actor/abb.fr.html", "../docs/index.html"),
    ):
        links = {link.get("href") for link in page(out, path).all("a")}
        assert target in links
        assert target not in {link.get("href") for link in page(site, path).all("a")}


def test_documentation_that_was_not_built_is_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="there is no index\\.html"):
        build(tmp_path / "site", small, documentation=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_s_own_is_not_replaced(small: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "index.html").write_text("<title>Mine</title>", encoding="utf-8")
    with pytest.raises(MisuseError, match="is not a site of ours"):
        build(own, small)
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_site_stays_until_the_next_is_whole(site: Path, folder: Path, tmp_path: Path) -> None:
    out = shutil.copytree(
        site, tmp_path / "site", ignore=lambda _d, names: set(names) - {"index.html"}
    )
    edit(folder / "parties.csv", "abb,ABB,", "abb,,")
    with pytest.raises(GateError):
        build(out, folder)
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert {path.name for path in tmp_path.iterdir()} == {"site", "tables"}


def test_the_first_page_is_light(site: Path) -> None:
    scripts = ("assets/matching.js", "assets/search.js")
    files = ("index.html", "assets/style.css", "assets/icon.svg", *scripts)
    assert sum((site / name).stat().st_size for name in files) < 110_000
    shown = [*files, "assets/world.svg"]
    sent = (gzip.compress((site / name).read_bytes()) for name in shown)
    assert sum(map(len, sent)) < 50_000
