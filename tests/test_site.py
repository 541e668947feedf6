"""The site: every IRI leads to a page, the same is beside it as RDF, and nothing can be slipped in."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, parse

from conftest import Run, edit, keep_some_parties
from pariscall import bundle, tables
from pariscall.canonical import graph_hash
from pariscall.errors import GateError, MisuseError, OutputError, ReleaseError, TableError
from pariscall.export import VOCABULARIES
from pariscall.formats import format_of
from pariscall.graph import Graph, vocabulary
from pariscall.iris import BASE, PREFIXES
from pariscall.query import answer, find_query
from pariscall.rdf import read_files
from pariscall.release.assembly import release
from pariscall.schema import read_schema
from pariscall.site.assembly import build, write
from pariscall.site.explanations import explain
from pariscall.site.location import locate
from pariscall.site.typography import spell_bytes, spell_day
from pariscall.site.words import words

VERSION = "2026.11.22"
DOWNLOADS = f"dataset/paris-call/{VERSION}"
DELISTED = ("maldon-wat", "university-of-lima")
SUPERSEDED, SUCCESSOR = "eastwest-institute", "observer-research-foundation-america-orf-america"
LANGUAGES = {"en": ".html", "fr": ".fr.html"}
TOP = "https://host.example/"
HOST = TOP + "some/folder/"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></style><svg onload=alert(1)>",
    "<!-- {{ 7*7 }} {% raw %} ]]>",
    "\u202egnp.exe\u2066",
    "x" * 10_000,
)


class Parsed(HTMLParser):
    """A page: its elements with their attributes, its ids, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.ids = {attributes["id"] for _, attributes in self.elements if "id" in attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def outline(self) -> list[tuple[str, tuple[str, ...]]]:
        """Give the elements and the names of their attributes, without what they hold."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "tables"
    shutil.copytree(bundle.TABLES, folder)
    keep_some_parties(folder, *DELISTED, SUPERSEDED, SUCCESSOR)
    make_them_agree(folder)
    return folder


def make_them_agree(folder: Path) -> None:
    """Drop what is decided on files that are no longer in the ledger, and count the entries."""
    schema = read_schema(folder)
    files = {row["file"] for row in tables.read_records(schema["ledger.csv"])} | {"*"}
    kept = [row for row in tables.read_records(schema["decisions.csv"]) if row["file"] in files]
    [dataset] = tables.read_records(schema["datasets.csv"])
    entries = tables.read_records(schema["entries.csv"])
    records = sum(entry["source"] == dataset["source"] for entry in entries)
    datasets = [dataset | {"records": str(records)}]
    tables.rewrite(schema, {"decisions.csv": kept, "datasets.csv": datasets})


@pytest.fixture(scope="session")
def released(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("releases")
    release(VERSION, out, small)
    return out / VERSION


@pytest.fixture(scope="session")
def site(small: Path, released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "site"
    build(out, small, [released])
    return out


@cache
def parsed(path: Path) -> Parsed:
    return Parsed(path.read_text(encoding="utf-8"))


def pages(site: Path) -> Iterator[tuple[str, Parsed]]:
    """Give the pages of a site with their paths; what is in a release is not ours to write."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if not name.startswith(f"{DOWNLOADS}/"):
            yield name, parsed(path)


def page(site: Path, name: str) -> Parsed:
    return parsed(site / name)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def published(small: Path) -> list[Quad]:
    files = list(dict.fromkeys(VOCABULARIES.values()))
    return [*Graph(small).quads(), *read_files(files)]


def test_every_iri_of_ours_has_its_page_and_its_place_there(small: Path, site: Path) -> None:
    quads = [*Graph(small).quads(), *vocabulary()]
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    missing = []
    for iri in sorted(iri for iri in iris if iri.startswith(BASE)):
        location = locate(iri)
        assert location is not None, iri
        if location.kind.is_file:
            assert (site / location.document).is_file()
            continue
        for suffix in LANGUAGES.values():
            path = site / f"{location.document}{suffix}"
            if not path.exists() or (
                location.fragment and location.fragment not in parsed(path).ids
            ):
                missing.append(iri)
    assert missing == []
    shapes = (bundle.SHAPES / "gate.ttl").read_text(encoding="utf-8")
    names = set(re.findall(r"^shapes:([\w-]+) a sh:", shapes, re.MULTILINE))
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
            file = site / path
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
            for suffix in (".ttl", ".jsonld", ".nt"):
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
    for name in ("ns", "shapes"):
        assert graph_hash(found.pop(f"{name}/0.1.0")) == graph_hash(found[name])
    union = [quad for quads in found.values() for quad in quads]
    assert graph_hash(union) == graph_hash(published(small))


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
        twins = {
            link["hreflang"]: urljoin(TOP + name, link["href"])
            for link in here.all("link", rel="alternate")
            if "hreflang" in link
        }
        assert twins == {other: f"{TOP}{stem}{suffix}" for other, suffix in LANGUAGES.items()}
        other = LANGUAGES["en" if lang == "fr" else "fr"]
        assert any(urljoin(TOP + name, a["href"]) == f"{TOP}{stem}{other}" for a in here.all("a"))


def test_an_english_reader_gets_english_names_and_a_french_one_french(site: Path) -> None:
    assert "<h1><bdi>Austria</bdi></h1>" in (site / "actor/austria.html").read_text("utf-8")
    assert "<h1><bdi>Autriche</bdi></h1>" in (site / "actor/austria.fr.html").read_text("utf-8")
    french = (site / "call/paris-call/principle/1.fr.html").read_text("utf-8")
    assert '<bdi lang="en">Preventing' in french


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(site: Path) -> None:
    loaded = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
    for name, here in pages(site):
        [policy] = here.all("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none';"), name
        allowed = "'wasm-unsafe-eval'" if name.startswith(("search.", "sparql.")) else ""
        has_script = bool(allowed) or name.startswith("404.")
        assert "unsafe" not in policy["content"].replace(allowed, "")
        assert not here.all("style")
        assert not here.all("base")
        for script in here.all("script"):
            assert script == {"type": "application/ld+json"} or (has_script and "src" in script)
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
    store.bulk_extend([*Graph(small).quads(), *vocabulary()])
    rows = answer(find_query("supporters-by-category"), store, "csv").split()[1:]
    expected = {
        name.rpartition("#")[2]: int(number) for name, number in (r.split(",") for r in rows)
    }
    expected = {name.rpartition(":")[2]: number for name, number in expected.items()}
    text = (site / "index.html").read_text("utf-8")
    shown = re.findall(r'category/([\w-]+)\.html"><span>.*?</span> <b>(\d+)</b>', text)
    assert {name: int(number) for name, number in shown} == expected
    [supporters] = re.findall(r'signatories\.html"><b>(\d+)</b>', text)
    assert int(supporters) == sum(expected.values())
    countries = (
        "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?p msc:endorses call:paris-call ; msc:country ?c }"
    )
    [counted] = re.findall(r'countries\.html"><b>(\d+)</b>', text)
    assert answer(find_query(countries), store, "csv").split()[1] == counted
    for category, number in expected.items():
        here = page(site, f"category/{category}.html")
        assert len(here.all("th", scope="row")) >= number


def test_each_term_is_shown_with_how_often_it_is_used(small: Path, site: Path) -> None:
    used = sum(quad.predicate.value == PREFIXES["msc"] + "since" for quad in Graph(small).quads())
    text = (site / "ns.html").read_text("utf-8")
    section = text.split('<section id="since"')[1].split("</section>")[0]
    assert f"{used}\u00a0times" in section


def test_a_download_is_what_is_said_of_it(released: Path, site: Path) -> None:
    text = (site / f"{DOWNLOADS}.html").read_text("utf-8")
    rows = re.findall(
        r'href="([^"]+)" download>.*?</a></th><td>(.*?)</td><td><code class="sum">(\w+)', text
    )
    names = {
        path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()
    }
    assert {urljoin(f"/{DOWNLOADS}.html", href) for href, _, _ in rows} == {
        f"/{DOWNLOADS}/{name}" for name in names
    }
    for href, size, checksum in rows:
        file = site / urljoin(f"/{DOWNLOADS}.html", href).lstrip("/")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == checksum
        assert size == spell_bytes(file.stat().st_size, "en")
    here = page(site, f"{DOWNLOADS}.html")
    assert len(here.all("link", rel="item")) == len(names)
    assert (site / f"{DOWNLOADS}.ttl").read_bytes() == (released / "dcat.ttl").read_bytes()


def test_a_release_that_was_changed_is_not_offered(
    small: Path, released: Path, tmp_path: Path
) -> None:
    spoilt = shutil.copytree(released, tmp_path / "spoilt")
    (spoilt / "paris-call-signatories.csv").write_bytes(b"a,b\n")
    with pytest.raises(ReleaseError, match="was changed since the release"):
        build(tmp_path / "site", small, [spoilt])
    (spoilt / "paris-call-signatories.csv").unlink()
    with pytest.raises(ReleaseError, match="is missing"):
        build(tmp_path / "site", small, [spoilt])
    with pytest.raises(MisuseError, match="the same version"):
        build(tmp_path / "site", small, [released, released])
    assert not (tmp_path / "site").exists()


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed(
    run: Run, small: Path, released: Path, site: Path, tmp_path: Path
) -> None:
    finished = run(
        *("site", "-o", "other", "--tables", small, "--release", released), PYTHONHASHSEED="7"
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("other: ")
    assert ", 1 release, " in finished.stdout
    assert digests(tmp_path / "other") == digests(site)


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


def test_a_site_of_an_earlier_run_is_replaced(site: Path, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    shutil.copy(site / "index.html", out)
    (out / "gone.html").write_text("", encoding="utf-8")
    build(out, small)
    assert not (out / "gone.html").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"site"}


def test_the_first_page_is_light(site: Path) -> None:
    files = ("index.html", "assets/style.css", "assets/icon.svg")
    assert sum((site / name).stat().st_size for name in files) < 100_000


def hostile_graph(small: Path) -> Graph:
    """Give the graph with hostile texts at the end of each, and addresses that run something."""
    graph = Graph(small)
    texts = cycle(HOSTILE)
    runs = cycle(["javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd"])
    for document in graph.documents():
        for description in document.descriptions.values():
            description.properties = [
                (predicate, spoilt(predicate, term, texts, runs))
                for predicate, term in description.properties
            ]
    return graph


def spoilt(
    predicate: NamedNode,
    term: NamedNode | Literal,
    texts: Iterator[str],
    runs: Iterator[str],
) -> NamedNode | Literal:
    if predicate.value in (PREFIXES["foaf"] + "homepage", PREFIXES["foaf"] + "page"):
        return NamedNode(next(runs).replace("<script>", "%3Cscript%3E"))
    if isinstance(term, Literal) and term.datatype.value.endswith(("#string", "#langString")):
        if term.language:
            return Literal(term.value + next(texts), language=term.language)
        return Literal(term.value + next(texts))
    return term


@pytest.fixture(scope="module")
def hostile(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site of values that no gate has seen."""
    out = tmp_path_factory.mktemp("hostile") / "site"
    write(out, hostile_graph(small))
    return out


@pytest.fixture(scope="module")
def harmless(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("harmless") / "site"
    write(out, Graph(small))
    return out


def test_hostile_texts_add_no_element_and_no_attribute(hostile: Path, harmless: Path) -> None:
    """Texts of the data, whatever they hold, are texts on the page; lists may be in another order."""
    named, expected = (
        {name for name in digests(folder) if not name.startswith("pagefind/")}  # named by content
        for folder in (hostile, harmless)
    )
    assert named == expected
    allowed = {pair for _, here in pages(harmless) for pair in here.outline()}
    for name, here in pages(hostile):
        assert set(here.outline()) <= allowed, name
        assert here.all("html")[0].keys() == {"lang"}
    seen = "".join(here.text for name, here in pages(hostile) if name.startswith("actor/"))
    assert all(text in seen for text in HOSTILE)


def test_no_hostile_address_can_be_followed(hostile: Path) -> None:
    for name, here in pages(hostile):
        for _, attributes in here.elements:
            for key in ("href", "src", "action"):
                assert urlsplit(attributes.get(key, "")).scheme in ("", "http", "https"), name
    shown = page(hostile, "source/inside-it-2018-11.html")
    assert re.search(r"javascript:alert|data:text|file:///", shown.text)


def test_a_title_has_no_control_of_direction_and_an_end(hostile: Path) -> None:
    for _, here in pages(hostile):
        title = here.text.strip().split("\n")[0]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", title)
        assert len(title) < 250


def test_the_data_of_hostile_texts_are_still_the_graph(small: Path, hostile: Path) -> None:
    expected = {quad.triple for quad in hostile_graph(small).quads()}
    found = {
        quad.triple
        for folder in ("actor", "source", "claim", "call", "event", "country")
        for path in (hostile / folder).rglob("*.ttl")
        for quad in parse(path=str(path))
    }
    assert {triple for triple in expected if "/actor/" in str(triple.subject)} <= found


@pytest.mark.parametrize("path", ["actor/../../etc", "actor/a%2Fb", "actor/.hidden", "elsewhere"])
def test_an_iri_that_leads_out_of_the_site_is_refused(
    small: Path, tmp_path: Path, path: str
) -> None:
    graph = Graph(small)
    document = next(iter(graph.documents(["parties.csv"])))
    description = next(iter(document.descriptions.values()))
    description.subject = NamedNode(BASE + path)
    document.descriptions = {description.subject: description}
    with pytest.raises(GateError, match="leads to no document"):
        write(tmp_path / "site", graph)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_file_can_have_is_an_error_and_nothing_stays(
    small: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(small, tmp_path / "tables")
    name = "z" * 300
    with (copied / "parties.csv").open("a", encoding="utf-8") as file:
        file.write(f"{name},Z,,,,,,\n")
    with pytest.raises(OutputError, match="File name too long"):
        build(tmp_path / "site", copied)
    assert {path.name for path in tmp_path.iterdir()} == {"tables"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("abb,ABB,,,company,SWE,,\n", "abb,ABB,,,company,SWE,,javascript:alert(1)\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,ABB,,,company,SWE,,data:text/html;x\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,AB\u0007B,,,company,SWE,,\n"),
        ("abb,ABB,,,company,SWE,,\n", "../../abb,ABB,,,company,SWE,,\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,AB&lt;B,,,company,SWE,,\n"),
    ],
)
def test_tables_with_such_values_are_refused(
    small: Path, tmp_path: Path, old: str, new: str
) -> None:
    copied = shutil.copytree(small, tmp_path / "tables")
    edit(copied / "parties.csv", old, new)
    with pytest.raises((TableError, GateError)):
        build(tmp_path / "site", copied)
    assert not (tmp_path / "site").exists()


def test_french_is_set_with_its_own_spaces_and_signs() -> None:
    for key, text in words("fr").items():
        assert not re.search(r" [:;!?»]|« |'", text), key
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", words("en")[key]))
    for heading, paragraphs in explain("fr"):
        assert not re.search(r" [:;!?»]|« |\w'\w", " ".join([heading, *paragraphs]))
    assert spell_day("2018-11-01", "fr") == "1er\u00a0novembre 2018"
    assert spell_day("2018-11-12", "en") == "12\u00a0November 2018"


def luminance(colour: str) -> float:
    """Compute the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_stands_out_from_what_is_behind_it() -> None:
    style = (bundle.PACKAGE / "site" / "assets" / "style.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    )
    for colours in (light, light | dark):
        for text in ("ink", "soft", "link", "link-over", "good", "warn", "bad"):
            for ground in ("paper", "raised", "tint", "notice"):
                one, other = sorted((luminance(colours[text]), luminance(colours[ground])))
                assert (other + 0.05) / (one + 0.05) >= 4.5, (text, ground)
        one, other = sorted((luminance(colours["on-accent"]), luminance(colours["accent"])))
        assert (other + 0.05) / (one + 0.05) >= 4.5
        one, other = sorted((luminance(colours["edge"]), luminance(colours["paper"])))
        assert (other + 0.05) / (one + 0.05) >= 3
