"""A folder with a project file is a project: every command works on it, and names nothing of ours."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.project import read_project
from pariscall.project_file import NAME
from pariscall.tables.csvw import TABLES, read_schema
from support.command import run_command
from support.harbour import HARBOUR, copied, done
from support.list_project import make_project
from support.server import serving
from support.shared import made_once
from support.tables import edit

DOCUMENT = Path(__file__).parents[2] / "docs" / "call-in-git.md"
BASE = "https://charter.example/data/"
# The ontology, the code lists and the shapes are ours whatever the project, and say so.
OF_VOCABULARY = re.compile(r"(^|/)(vocabulary/|ns\b|shapes\b|code/)|^assets/vendor/")
# The tool is called pariscall; whoever made the pages, the bill of materials and the advice says so.
OURS = re.compile(rb"paris(?!call(?: 0\.|@0|\"| query\b))", re.IGNORECASE)
OF_ONTOLOGY = re.compile(
    rb"^<https://w3id\.org/mscall/(ns|code/|agent/maintainers>).*\n", re.MULTILINE
)
OF_OURS = re.compile(rb"https://w3id\.org/mscall/(?!ns\b|shapes\b|code/|context/|[\s\"<,])")


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, without what the ontology in a graph says of itself."""
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    return OF_ONTOLOGY.sub(b"", content) if path.name == "graph.nt.gz" else content


def naming(folder: Path, words: re.Pattern[bytes]) -> list[str]:
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    return [
        name
        for name in names
        if not OF_VOCABULARY.search(name)
        if words.search(name.encode()) or words.search(unpacked(folder / name))
    ]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        shutil.copytree(HARBOUR, folder)
        for arguments in (["export"], ["release", "2026.11.22"], ["site"]):
            done(folder, *arguments)

    return made_once(tmp_path_factory, "harbour", make)


@pytest.mark.slow
def test_a_release_is_verified_wherever_one_is(harbour: Path, tmp_path: Path) -> None:
    release = harbour / "build" / "releases" / "2026.11.22"
    assert "whole" in done(tmp_path, "verify", str(release)).stderr
    elsewhere = copied(tmp_path)
    edit(elsewhere / NAME, '"ports"', '"ports", "tides"')
    assert "whole" in done(elsewhere, "verify", str(release)).stderr


@pytest.mark.slow
def test_a_whole_other_project_names_nothing_of_ours(harbour: Path) -> None:
    for name in ("dumps", "releases/2026.11.22", "site"):
        assert (harbour / "build" / name).is_dir()
        assert naming(harbour / "build" / name, OURS) == []
        assert naming(harbour / "build" / name, OF_OURS) == []


@pytest.mark.slow
def test_the_files_of_a_project_bear_its_name_and_base(harbour: Path) -> None:
    dumps = harbour / "build" / "dumps"
    assert {path.name.partition(".")[0] for path in dumps.iterdir() if path.is_file()} == {
        "harbour-charter",
        "harbour-charter-events",
        "harbour-charter-ledger",
        "harbour-charter-signatories",
        "harbour-charter-signatories-spreadsheet",
    }
    trig = (dumps / "harbour-charter.trig").read_text(encoding="utf-8")
    assert f"@base <{BASE}> ." in trig
    assert "\n<dataset/harbour-charter> {\n" in trig
    dcat = (harbour / "build/releases/2026.11.22/dcat.ttl").read_text(encoding="utf-8")
    assert '"ports"@en , "incidents"@en' in dcat
    assert "dcterms:publisher <https://charter.example/#secretariat>" in dcat
    page = (harbour / "build/site/index.html").read_text(encoding="utf-8")
    assert "Harbour Charter Linked Data" in page
    assert "Data under CC-BY-4.0;" in page


@pytest.mark.slow
def test_the_release_of_a_project_verifies(harbour: Path) -> None:
    assert "whole" in done(harbour, "verify", "build/releases/2026.11.22").stderr


SERVED = (
    *("/", "/sparql", "/.well-known/void", "/health", "/nothing"),
    *("/call/harbour-charter.ttl", "/dataset/harbour-charter.html", "/actor/alpha-port.fr.html"),
)


@pytest.mark.slow
@pytest.mark.parametrize("has_site", [True, False])
def test_the_endpoint_serves_the_project_and_names_nothing_of_ours(
    harbour: Path, tmp_path: Path, *, has_site: bool
) -> None:
    with serving(harbour if has_site else copied(tmp_path)) as server:
        answer = server.get("SELECT ?s { ?s a msc:Endorsement }")
        assert answer.body.count(b"https://charter.example/data/endorsement/") == 5
        for path in SERVED:
            for accept in ("text/turtle", "text/html"):
                reply = server.send("GET", path, Accept=accept)
                said = reply.body + repr(reply.headers).encode()
                assert not OURS.search(said), path
                assert not OF_OURS.search(said), path


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("redirects", "w3id", "--site", "https://charter.example/site/"),
        ("redirects", "nginx"),
        ("query", "--list"),
        ("query", "calls"),
        ("ledger",),
        ("validate", "--report", "turtle"),
        ("validate", "--report", "html"),
        ("diff", "2026-03-05", "2026-03-05"),
    ],
)
def test_what_a_command_prints_of_a_project_names_nothing_of_ours(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    finished = run_command(copied(tmp_path), list(arguments))
    assert finished.returncode == 0, finished.stderr
    said = (finished.stdout + finished.stderr).encode()
    assert not OURS.search(said)
    assert not OF_OURS.search(said)


@pytest.mark.slow
def test_a_project_in_french_alone_is_asked_in_french(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "charte")
    for file, old, new in (
        ("calls.csv", "Harbour Charter,Charte des ports", ",Charte des ports"),
        ("principles.csv", "Report incidents,Signaler", ",Signaler"),
        ("mscall.toml", 'en = "Harbour Charter Linked Data"\n', ""),
        ("mscall.toml", 'en = "the Harbour Charter"\n', ""),
        ("mscall.toml", "\n[publisher]", 'languages = ["fr"]\n\n[publisher]'),
    ):
        edit(folder / file, old, new)
    for name, expected in (
        ("calls", "Charte des ports,1,4,6"),
        ("principles", "1,Signaler les incidents,Signaler les incidents,Ports tell"),
        ("countries-of-companies", "Slovénie,1"),
        ("states", "Kenya,"),
        ("countries-without-their-state", "Slovénie,1"),
    ):
        assert expected in done(folder, "query", name, "--format", "csv").stdout, name
    done(folder, "site")
    assert "Charte des ports" in (folder / "build/site/sparql.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_project_of_one_list_can_have_another_call_in_its_tables(tmp_path: Path) -> None:
    """The records of the list are those of its call, and the dataset names the other."""
    folder = make_project(tmp_path / "charter")
    call = (
        "tide-pledge,Tide Pledge,Engagement des marées,2026-02-01,,,,https://tides.example/,pledge"
    )
    source = "pledge,The pledge,Tides,official-statement,2026-02-02,https://tides.example/,,"
    for file, row in (("calls.csv", call), ("sources.csv", source)):
        table = folder / file
        lines = sorted([*table.read_text(encoding="utf-8").splitlines()[1:], row])
        header = table.read_text(encoding="utf-8").splitlines()[0]
        table.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    key = "tides,tide-pledge,1"
    headers = {table.name: ",".join(table.index) for table in read_schema(TABLES).tables}
    for file, rows in {
        "parties.csv": ["tides,Tides,,,company,SVN,,"],
        "endorsements.csv": [f"{key},active,private-sector,2026-02-02,reported,,,"],
        "events.csv": [f"{key},signature,signature,,2026-02-01,2026-02-02,inferred,pledge,,,,,,"],
        "claims.csv": [
            "pledge,tides-tide-pledge,tides,tide-pledge,affirms,,,2026-02-02,,,,high,accepted,,"
        ],
        "supports.csv": [f"{key},pledge,tides-tide-pledge,reported"],
    }.items():
        (folder / file).write_text("\n".join([headers[file], *rows, ""]), encoding="utf-8")
    done(folder, "export", "--format", "ttl")
    ledger = done(folder, "ledger").stdout
    assert "3 records in the last state of the list\n        = 3 active signatories" in ledger
    assert "1 endorsements of tide-pledge" in ledger


def test_the_call_of_a_project_is_the_first_unless_it_says_so(tmp_path: Path) -> None:
    file = copied(tmp_path) / NAME
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('slug = "harbour-charter"', 'slug = "ports"'), encoding="utf-8")
    assert read_project(file).call == "harbour-charter"
    file.write_text(f'call = "tide-pledge"\n{text}', encoding="utf-8")
    assert read_project(file).call == "tide-pledge"


@pytest.mark.slow
@pytest.mark.parametrize("option", [["--project", "harbour"], []])
def test_a_project_is_named_by_an_option_or_by_its_tables(
    tmp_path: Path, option: list[str]
) -> None:
    copied(tmp_path)
    tables = [] if option else ["--tables", "harbour"]
    done(tmp_path, *option, "export", *tables, "--format", "nt")
    assert (tmp_path / "build" / "dumps" / "harbour-charter.nt").is_file()


def test_the_redirects_of_a_project_are_below_its_base(tmp_path: Path) -> None:
    rules = done(copied(tmp_path), "redirects", "w3id", "--site", "https://charter.example/").stdout
    assert f"IRIs below {BASE} lead" in rules


def test_our_own_data_are_a_project() -> None:
    ours = read_project(bundle.TABLES / NAME)
    assert (ours.slug, ours.base) == ("paris-call", "https://w3id.org/mscall/")


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the documents are in the checkout only")
def test_the_document_shows_the_project_file_of_the_example() -> None:
    [shown] = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert shown == (HARBOUR / NAME).read_text(encoding="utf-8")
