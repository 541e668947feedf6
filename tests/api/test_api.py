"""The public API: one import, one kind of error for misuse, and what the commands do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module, resources
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

import pariscall
from support.command import EXAMPLE, Run
from support.tables import edit


def test_everything_that_is_offered_is_there_and_documented() -> None:
    for name in set(pariscall.__all__) - {"__version__"}:
        assert getattr(pariscall, name).__doc__, name
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = pariscall.nothing  # type: ignore[attr-defined]


def test_a_function_is_not_hidden_by_the_room_of_its_name() -> None:
    for name in ("query.queries", "validation.validate", "publish.export", "publish.diff.diff"):
        import_module(f"pariscall.{name}")
    functions = ("query", "export", "validate", "diff", "release", "verify")
    assert all(callable(getattr(pariscall, name)) for name in functions)


def test_importing_takes_under_50_milliseconds_and_no_library() -> None:
    program = (
        "import sys, time; start = time.process_time(); import pariscall;"
        "print(time.process_time() - start);"
        "print([name for name in ('pyoxigraph', 'rdflib', 'click') if name in sys.modules])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    seconds, loaded = zip(*(run.stdout.split("\n")[:2] for run in runs), strict=True)
    assert min(map(float, seconds)) < 0.05
    assert set(loaded) == {"[]"}


def test_the_types_come_with_the_package() -> None:
    assert (resources.files("pariscall") / "py.typed").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    "misuse",
    [
        lambda: pariscall.load(as_of="yesterday"),
        lambda: pariscall.load(as_of="20200101"),
        lambda: pariscall.open_store(as_of="2020-02-30"),
        lambda: pariscall.signatories(as_of="1999-01-01"),
        lambda: pariscall.events(as_of=2020),  # type: ignore[arg-type]
        lambda: pariscall.query("no-such-query"),
        lambda: pariscall.query("states", wrong="variable"),
        lambda: pariscall.query("states", format="csv"),
        lambda: pariscall.query("states", data=EXAMPLE, as_of="2020-01-01"),
        lambda: pariscall.query("states").to("pdf"),
        lambda: pariscall.validate(EXAMPLE, engine="jena"),
        lambda: pariscall.validate(EXAMPLE, fail_on="always"),
        lambda: pariscall.validate(b"", format=None),
        lambda: pariscall.validate(format="sarif"),
        lambda: pariscall.validate(EXAMPLE).to("pdf"),
        lambda: pariscall.validate(EXAMPLE).to("text", "de"),
        lambda: pariscall.export("out", formats=["pdf"]),
        lambda: pariscall.release("1.0", "out"),
        lambda: pariscall.diff("2020-01-01", "2020-02-30"),
        lambda: pariscall.diff("2020-02-01", "2020-03-01").to("html"),
    ],
)
def test_misuse_is_a_value_error_with_one_line(
    misuse: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"\S.*\.$") as caught:
        misuse()
    assert isinstance(caught.value, pariscall.errors.MisuseError)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_date_that_is_none_is_an_error_that_says_how_to_write_one() -> None:
    with pytest.raises(ValueError, match=r"'yesterday' is not a date\. Write it as YYYY-MM-DD"):
        pariscall.load(as_of="yesterday")


@pytest.mark.slow
@pytest.mark.parametrize(
    "as_of", ["2020-01-01", date(2020, 1, 1), datetime(2020, 1, 1, 12, tzinfo=UTC)]
)
def test_a_date_may_be_given_as_text_or_as_a_date(as_of: str | date) -> None:
    rows = pariscall.query("supporters-by-category", as_of=as_of)
    assert {row.category.name: row.supporters for row in rows} == {
        "private-sector": 629,
        "civil-society": 342,
        "state": 76,
        "public-authority": 26,
    }


@pytest.mark.slow
def test_a_query_is_named_written_or_in_a_file(tmp_path: Path) -> None:
    text = "SELECT ?name { ?party skos:prefLabel ?name } ORDER BY ?name LIMIT 1"
    (tmp_path / "own.rq").write_text(text, encoding="utf-8")
    assert pariscall.query(text).rows() == pariscall.query(tmp_path / "own.rq").rows()
    assert len(pariscall.query("states")) == 81
    assert (
        pariscall.query("supporters-of-a-country", country="country:RWA")[0].name == "Smart Africa"
    )


@pytest.mark.slow
def test_the_store_is_the_graph_and_cannot_be_changed() -> None:
    store = pariscall.open_store()
    assert len(store) == len(pariscall.load())
    with pytest.raises(RuntimeError, match="read-write"):
        store.clear()


@pytest.fixture
def example_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(EXAMPLE)


@pytest.mark.slow
def test_every_kind_of_data_is_queried_and_validated_alike(example_graph: rdflib.Graph) -> None:
    store = Store()
    store.load(path=EXAMPLE)
    text = EXAMPLE.read_text(encoding="utf-8")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for data, name in ((example_graph, None), (store, None), (text, "turtle"), (EXAMPLE, None)):
        assert pariscall.query(count, data=data, format=name)[0].n == len(store)
        report = pariscall.validate(data, format=name)
        assert (report.conforms, report.findings) == (True, [])


@pytest.mark.slow
def test_a_graph_with_a_fault_does_not_conform(example_graph: rdflib.Graph) -> None:
    status = rdflib.URIRef("https://w3id.org/mscall/ns#status")
    example_graph.remove((None, status, None))
    report = pariscall.validate(example_graph, "gate")
    assert not report.conforms
    store = Store()
    store.load(example_graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    assert pariscall.validate(store, ["gate"]).to("json") == report.to("json")
    [run] = json.loads(report.to("sarif"))["runs"]
    assert len(run["results"]) == len(report.findings) > 0
    assert {finding.rule for finding in report.findings} == {
        result["ruleId"] for result in run["results"]
    }
    assert "\x1b" not in report.to("text")
    assert report.to("text", "fr").splitlines()[-1].startswith("non conforme")


def test_a_finding_in_a_text_has_its_line() -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("status:active", "status:gone", 1)
    line = text[: text.index("status:gone")].count("\n") + 1
    report = pariscall.validate(text, format="ttl")
    places = {(f.location.file, f.location.line) for f in report.findings if f.location}
    assert ("<data>", line) in places


def test_shapes_of_ones_own_are_files(tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> .\n"
        "x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ; sh:severity sh:Warning ] .",
        encoding="utf-8",
    )
    data = "<urn:x:a> a <urn:x:C> ."
    assert pariscall.validate(data, shapes, format="ttl").conforms
    assert not pariscall.validate(data, shapes, format="ttl", fail_on="warning").conforms
    with pytest.raises(pariscall.errors.NothingValidatedError):
        pariscall.validate("<urn:x:a> a <urn:x:D> .", shapes, format="ttl")
    allowed = pariscall.validate("<urn:x:a> a <urn:x:D> .", shapes, format="ttl", allow_empty=["*"])
    assert allowed.conforms


@pytest.mark.slow
def test_the_tables_are_validated_unless_data_are_given(folder: Path) -> None:
    assert pariscall.validate().conforms
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    report = pariscall.validate(folder)
    assert [f.location.line for f in report.findings if f.location and "status" in f.rule] == [4]


@pytest.mark.slow
def test_export_release_verify_and_diff_do_what_the_commands_do(
    small: Path, tmp_path: Path
) -> None:
    summary = pariscall.export(tmp_path / "dumps", formats=["ttl"], tables=small)
    assert summary.files == len([p for p in (tmp_path / "dumps").rglob("*") if p.is_file()])
    manifest = pariscall.release("2026.11.22", tmp_path / "releases", tables=small)
    assert manifest.version == "2026.11.22"
    made = tmp_path / "releases" / "2026.11.22"
    assert pariscall.verify(made) == []
    (made / "paris-call.nt").write_bytes(b"")
    assert any(problem.startswith("paris-call.nt: ") for problem in pariscall.verify(str(made)))
    diff = pariscall.diff(date(2020, 2, 1), date(2020, 3, 1), tables=small)
    assert {change.kind for change in diff.changes} >= {"left"}
    assert json.loads(diff.to("json"))["counts"]["left"] == 1


def test_a_release_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(pariscall.errors.ReleaseError):
        pariscall.verify(tmp_path)


@pytest.mark.slow
def test_the_command_takes_the_same_parameters(run: Run) -> None:
    finished = run("query", "supporters-of-a-country", "--param", "country=country:RWA")
    assert "Smart Africa" in finished.stdout
    assert finished.stdout.endswith("1 row\n")
    several = ("--param", "country=country:RWA", "--param", "country=country:SVN")
    assert run("query", "supporters-of-a-country", *several).stdout.endswith("7 rows\n")


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ("party", "'party' is not NAME=VALUE"),
        ("who=actor:abb", "no variable 'who' can be given a value. It has earliest, event"),
        ("party=ABB", "'ABB' is not an IRI. Write it as actor:northwave."),
    ],
)
def test_a_parameter_that_does_not_fit_is_explained(run: Run, parameter: str, message: str) -> None:
    finished = run("query", "history-of-a-party", "--param", parameter)
    assert finished.returncode == 2
    assert message in finished.stderr


def test_graphs_of_data_are_one_graph_unless_a_query_chooses() -> None:
    text = "<urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> 1 , 2 }"
    store = Store()
    store.load(text.encode(), format=RdfFormat.TRIG)
    for data, name in ((text, "trig"), (store, None)):
        all_graphs = pariscall.query("SELECT ?n { ?s ?p ?n } ORDER BY ?n", data=data, format=name)
        assert all_graphs.rows() == [(1,), (2,)]
        one = "SELECT (COUNT(*) AS ?n) FROM <urn:g> { ?s ?p ?o }"
        assert pariscall.query(one, data=data, format=name)[0].n == 2
    assert len(store) == 3
