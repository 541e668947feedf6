"""Several projects at once: told apart, put together, and compared by evidence alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from pariscall.errors import MisuseError, UnreadableError
from pariscall.projects import MINTED, find_projects
from pariscall.query.identity import Match, identities
from pariscall.query.mapping_file import read_mappings
from pariscall.web.routes.routes import RESOURCE_ROUTES
from support.command import Finished, run_command
from support.html import parsed
from support.list_project import FILES, make_project
from support.server import serving
from support.summaries import documented, files_in, summary_of
from support.tables import edit

HARBOUR, TIDES = "https://charter.example/data/", "https://tides.example/"
MAPPINGS = """\
#curie_map:
#  hc: https://charter.example/data/actor/
subject_id\tpredicate_id\tobject_id\tmapping_justification
hc:kenya\tskos:exactMatch\thttps://tides.example/actor/kenya\tsemapv:ManualMappingCuration
hc:late-lines\tskos:closeMatch\thttps://tides.example/actor/late-lines\tsemapv:ManualMappingCuration
"""


def two_projects(folder: Path, slug: str = "tide-pledge", base: str = TIDES) -> Path:
    """Make the harbour charter, and a pledge with the same names under another base."""
    make_project(folder / "harbour")
    changed = {name.partition(".")[0]: text for name, text in FILES.items()}
    changed = {
        name: text.replace("Harbour Charter", "Tide Pledge") for name, text in changed.items()
    }
    make_project(folder / "tides", **changed)
    edit(folder / "tides" / "mscall.toml", 'slug = "harbour-charter"', f'slug = "{slug}"')
    edit(folder / "tides" / "mscall.toml", f'base = "{HARBOUR}"', f'base = "{base}"')
    (folder / "same.sssom.tsv").write_text(MAPPINGS, encoding="utf-8")
    return folder


def done(folder: Path, *arguments: str) -> Finished:
    finished = run_command(folder, list(arguments))
    assert finished.returncode == 0, finished.stderr
    return finished


@pytest.mark.parametrize(
    ("slug", "base", "problem"),
    [
        ("harbour-charter", TIDES, "have the same slug 'harbour-charter'"),
        ("tide-pledge", HARBOUR, f"have the same base {HARBOUR}"),
        ("tide-pledge", f"{HARBOUR}actor/", f"is among the IRIs below {HARBOUR}"),
        ("sparql", TIDES, "has a folder 'sparql' already"),
    ],
)
def test_projects_that_collide_are_told_in_one_line(
    tmp_path: Path, slug: str, base: str, problem: str
) -> None:
    two_projects(tmp_path, slug, base)
    with pytest.raises(MisuseError, match=re.escape(problem)) as caught:
        find_projects([tmp_path / "harbour", tmp_path / "tides"])
    assert len(caught.value.lines) == 1


def test_a_base_below_another_is_no_collision_where_no_iri_is_minted(tmp_path: Path) -> None:
    two_projects(tmp_path, base=f"{HARBOUR}tides/")
    assert len(find_projects([tmp_path / "harbour", tmp_path / "tides"])) == 2


def test_the_first_parts_of_minted_paths_are_those_of_the_routes() -> None:
    first = {route.path.partition("/")[0] for route in RESOURCE_ROUTES if route.path}
    assert set(MINTED) == first - {"ns", "shapes", "code"}


def test_the_bundled_project_is_known_by_its_slug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert [project.slug for project in find_projects([Path("paris-call")])] == ["paris-call"]
    with pytest.raises(MisuseError, match=r"nowhere/mscall\.toml: there is no such file"):
        find_projects([Path("nowhere")])


def test_parties_are_one_by_an_identifier_and_never_within_a_project(tmp_path: Path) -> None:
    two_projects(tmp_path)
    projects = find_projects([tmp_path / "harbour", tmp_path / "tides"])
    item = "http://www.wikidata.org/entity/Q114"
    one, twin, other = f"{HARBOUR}actor/a", f"{HARBOUR}actor/b", f"{TIDES}actor/a"
    found = identities([Match(iri, item) for iri in (one, twin, other)], projects)
    assert [(each.subject, each.object, each.evidence) for each in found] == [
        (one, other, item),
        (twin, other, item),
    ]
    assert identities([Match(one, item)], projects) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("object_id", "object", "same.sssom.tsv: there is no column 'object_id'"),
        ("hc:kenya", "nc:kenya", "same.sssom.tsv:4: 'nc:kenya' is no IRI"),
        ("#  hc: ", "#  hc ", "same.sssom.tsv:2: a line of curie_map reads 'prefix: IRI'."),
    ],
)
def test_a_bad_file_of_mappings_is_told_by_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    file = tmp_path / "same.sssom.tsv"
    file.write_text(MAPPINGS.replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableError, match=re.escape(problem)):
        list(read_mappings(file))


@pytest.mark.slow
def test_an_export_has_the_dumps_of_each_and_one_dataset_of_all(tmp_path: Path) -> None:
    two_projects(tmp_path)
    export = ("export", "harbour", "tides", "--format", "csv", "--format", "trig")
    said = done(tmp_path, *export, "--mappings", "same.sssom.tsv")
    assert said.stdout.startswith("2 projects, 2 calls, 5 parties (1 in several projects), ")
    dumps = tmp_path / "build" / "dumps"
    alone = tmp_path / "alone"
    done(tmp_path, "export", "tides", "-o", str(alone), "--format", "trig")
    trig = alone / "tide-pledge.trig"
    assert (dumps / "tide-pledge" / "tide-pledge.trig").read_bytes() == trig.read_bytes()
    assert not (dumps / "tide-pledge" / "tide-pledge.nt").exists()
    graphs = {
        str(quad.graph_name) for quad in parse(path=dumps / "calls.trig", format=RdfFormat.TRIG)
    }
    assert graphs == {
        f"<{HARBOUR}dataset/harbour-charter>",
        f"<{TIDES}dataset/tide-pledge>",
        "DEFAULT",
    }
    same = (dumps / "same-parties.sssom.tsv").read_text(encoding="utf-8")
    row = "harbour-charter:kenya\tskos:exactMatch\ttide-pledge:kenya\tsemapv:UnspecifiedMatching"
    assert [line for line in same.splitlines() if "exactMatch" in line] == [
        f"{row}\tsame.sssom.tsv:4"
    ]
    catalogue = (dumps / "catalog.ttl").read_text(encoding="utf-8")
    assert f"dcat:dataset <{HARBOUR}dataset/harbour-charter> , <{TIDES}dataset/" in catalogue
    before = {path: path.read_bytes() for path in dumps.rglob("*") if path.is_file()}
    done(tmp_path, *export, "--mappings", "same.sssom.tsv")
    assert {path: path.read_bytes() for path in dumps.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_a_fault_in_one_project_is_told_as_its_own_and_nothing_is_written(tmp_path: Path) -> None:
    two_projects(tmp_path)
    edit(tmp_path / "tides" / "signatories.csv", "private-sector", "private-sectr")
    for command in ("export", "site"):
        finished = run_command(tmp_path, [command, "harbour", "tides"])
        assert finished.returncode == 1
        assert "Error: tide-pledge: " in finished.stderr
        assert "signatories.csv:2" in finished.stderr
        assert not list(tmp_path.glob("build/*/*"))


@pytest.mark.slow
def test_questions_across_projects_count_a_party_once_by_evidence_only(tmp_path: Path) -> None:
    two_projects(tmp_path)
    pair = ("harbour", "tides", "--format", "csv")
    assert done(tmp_path, "query", "overlaps-of-calls", *pair).stdout == "one,other,both\n"
    told = ("--mappings", "same.sssom.tsv")
    overlaps = done(tmp_path, "query", "overlaps-of-calls", *pair, *told).stdout
    assert overlaps == "one,other,both\nHarbour Charter,Tide Pledge,1\n"
    calls = done(tmp_path, "query", "calls-of-parties", *pair, *told).stdout
    assert calls == 'name,number,calls\nKenya,2,"Harbour Charter, Tide Pledge"\n'
    both = done(tmp_path, "query", "supporters-of-two-calls", *pair, *told).stdout
    assert both == f"name,other,sinceBoth\nKenya,{TIDES}call/harbour-charter,2026-03-05\n"


@pytest.mark.slow
def test_a_mapping_of_a_party_that_is_not_there_is_refused(tmp_path: Path) -> None:
    two_projects(tmp_path)
    edit(tmp_path / "same.sssom.tsv", "hc:kenya", "hc:kenia")
    told = ["harbour", "tides", "--mappings", "same.sssom.tsv"]
    finished = run_command(tmp_path, ["query", "overlaps-of-calls", *told])
    assert finished.returncode == 3
    assert f"same.sssom.tsv:4: {HARBOUR}actor/kenia is not in the data" in finished.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["export", "harbour", "--mappings", "same.sssom.tsv"], "Name two or more."),
        (["--project", "harbour", "export", "tides"], "not both."),
        (["export", "harbour", "tides", "--tables", "tides"], "--tables is for one project."),
        (["site", "harbour", "tides", "--releases", "x"], "--releases is for one project."),
        (["query", "calls", "harbour", "--data", "x.ttl"], "either projects or --data"),
        (["export", "harbour", "harbour"], "named twice"),
    ],
)
@pytest.mark.slow
def test_what_several_projects_cannot_mean_is_misuse(
    tmp_path: Path, arguments: list[str], problem: str
) -> None:
    finished = run_command(two_projects(tmp_path), arguments)
    assert finished.returncode == 2
    assert problem in finished.stderr


@pytest.mark.slow
def test_the_website_of_two_projects_compares_them_in_both_languages(tmp_path: Path) -> None:
    two_projects(tmp_path)
    done(tmp_path, "site", "harbour", "tides", "--mappings", "same.sssom.tsv")
    site = tmp_path / "build" / "site"
    for name in ("index.html", "index.fr.html"):
        text = (site / name).read_text(encoding="utf-8")
        assert "<svg" in text
        targets = [link["href"] for link in parsed(site / name).all("a")]
        assert len(targets) > 6
        for target in targets:
            assert target == "#main" or (site / target).is_file(), target
        assert "harbour-charter/actor/kenya" in text
        assert "late-lines" not in text
    assert (site / "404.html").is_file()
    rules = (site / "_redirects").read_text(encoding="utf-8")
    assert "/tide-pledge/endorsement/:call/:party/:n /tide-pledge/actor/:party 303\n" in rules
    again = ["site", "harbour", "tides", "--mappings", "same.sssom.tsv", "--json", "-q"]
    finished = run_command(tmp_path, again)  # over its own
    found = summary_of(finished)
    assert list(found) == documented("`site` of several projects")
    assert (found["projects"], found["calls"], found["files"]) == (2, 2, files_in(site))
    assert finished.stderr == ""
    with serving(tmp_path, "harbour", "tides") as server:
        front = server.send("GET", "/", Accept="text/html", Accept_Language="fr")
        assert front.headers["location"] == "/index.fr.html"
        assert server.send("GET", "/index.fr.html").status == 200
        data = server.send("GET", "/", Accept="text/turtle")
        assert data.headers["location"] == "/.well-known/void"
        reply = server.send("GET", "/tide-pledge/actor/kenya", Accept="text/turtle")
        assert (reply.status, reply.headers["location"]) == (303, "/tide-pledge/actor/kenya.ttl")
        assert TIDES in server.send("GET", "/tide-pledge/actor/kenya.ttl").text


@pytest.mark.slow
def test_a_server_of_two_projects_answers_over_both_and_resolves_each(tmp_path: Path) -> None:
    two_projects(tmp_path)
    edit(
        tmp_path / "tides" / "mscall.toml",
        "\n[publisher]",
        '\nlanguages = ["fr", "en"]\n[publisher]',
    )
    with serving(tmp_path, "harbour", "tides", "--mappings", "same.sssom.tsv") as server:
        graphs = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a msc:Endorsement } } GROUP BY ?g ORDER BY ?g"
        assert server.get(graphs, "text/csv").text.splitlines() == [
            "g,n",
            f"{HARBOUR}dataset/harbour-charter,4",
            f"{TIDES}dataset/tide-pledge,4",
        ]
        union = "SELECT (COUNT(*) AS ?n) { ?s a msc:Endorsement }"
        assert server.get(union, "text/csv").text.split() == ["n", "8"]
        for slug, base in (("harbour-charter", HARBOUR), ("tide-pledge", TIDES)):
            path = f"/{slug}/endorsement/harbour-charter/kenya/1"
            found = server.send("GET", path, Accept="text/turtle")
            assert (found.status, found.headers["location"]) == (
                303,
                f"/{slug}/actor/kenya.ttl#endorsement/harbour-charter/kenya/1",
            )
            assert f"@base <{base}> ." in server.send("GET", f"/{slug}/actor/kenya.ttl").text
        french = server.send("GET", "/tide-pledge/actor/kenya.html").text
        assert 'lang="fr"' in french
        assert 'lang="en"' in server.send("GET", "/tide-pledge/actor/kenya.en.html").text
        assert server.send("GET", "/harbour-charter/actor/kenya.en.html").status == 404
        assert server.send("GET", "/actor/kenya").status == 404
        assert server.send("GET", "/tide-pledge").status == 308
        index = server.send("GET", "/", Accept="text/html").text
        assert '<a href="/tide-pledge/">' in index
        void = server.send("GET", "/.well-known/void", Accept="text/turtle").text
        assert f"void:subset <{TIDES}dataset/tide-pledge>" in void
