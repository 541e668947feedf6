"""What changed is told to people and to programs, and a patch leads there and back."""

from __future__ import annotations

import csv
import json
from datetime import date
from itertools import chain, pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from pariscall import bundle
from pariscall.errors import MisuseError, PatchError, RdfError
from pariscall.publish.diff.changes import Change, find_changes
from pariscall.publish.diff.patch import Patch, make_patch, read_patch
from pariscall.publish.diff.snapshot import canonical_lines, read_snapshot, state_iri
from pariscall.rdf.namespaces import BASE
from pariscall.tables.as_of import AsOf
from pariscall.tables.csvw import Table
from pariscall.tables.derivation import read_tables
from pariscall.tables.document import quads
from pariscall.tables.graph import TableGraph, documents
from support.command import Run
from support.tables import keep_some_parties, read_records

STATES = Path(__file__).parents[1] / "history" / "states.csv"


def days() -> list[date]:
    """Give the days on which the registry changed."""
    with STATES.open(encoding="utf-8", newline="") as file:
        return sorted({date.fromisoformat(row["day"]) for row in csv.DictReader(file)})


@pytest.mark.slow
def test_a_patch_leads_from_each_day_of_the_history_to_the_next_and_back(folder: Path) -> None:
    keep_some_parties(folder, *changed_parties())
    schema = read_tables(folder)
    # All that a patch can delete is in these documents: of the others, sources only come, and the
    # rest are the same on each day.
    groups = [schema.group(head) for head in ("datasets.csv", "parties.csv")]
    states = [state(groups, AsOf(schema, day)) for day in days()]
    for lines, following in pairwise(states):
        patch = read_patch(str(make_patch(lines, following)))
        assert patch.added
        assert patch.apply(lines) == following
        assert patch.reversed().apply(following) == lines
        assert "_:" not in str(patch)


def state(groups: list[tuple[Table, ...]], as_of: AsOf) -> list[str]:
    """Return the lines of the documents of some tables."""
    return canonical_lines(quads(chain.from_iterable(documents(group, as_of) for group in groups)))


def changed_parties() -> list[str]:
    """Name a party for each kind of event on each day on which it is known to have happened."""
    events = read_records(bundle.TABLES / "events.csv")
    return list(
        {(row["type"], row["date"], row["latest"]): row["party"] for row in events}.values()
    )


def test_no_change_gives_an_empty_patch_that_changes_nothing() -> None:
    lines = ["<e:a> <e:b> <e:c> ."]
    patch = make_patch(lines, lines)
    assert str(patch) == ""
    assert read_patch("").apply(lines) == lines


def test_a_patch_is_an_rdf_patch() -> None:
    patch = make_patch(["<e:a> <e:b> <e:c> ."], ['<e:a> <e:b> "line\\nbreak" .'])
    rows = str(patch).split("\n")
    assert [row.split(" ")[0] for row in rows] == ["H", "H", "TX", "D", "A", "TC", ""]
    assert rows[3] == "D <e:a> <e:b> <e:c> ."
    assert read_patch(str(patch)) == patch


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("H id <urn:x> .\nTX .\nA <e:a> <e:b> <e:c> .\n", "It was cut"),
        ("A <e:a> <e:b> <e:c> .\n", "patch:1: 'A <e:a> <e:b> <e:c> .' has no place here"),
        ("TX .\nX .\nTC .\n", "patch:2: 'X .' has no place here"),
        ("TX .\nTC .\nTX .\n", "patch:3"),
    ],
)
def test_a_broken_patch_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PatchError, match=problem):
        read_patch(text)


def test_a_patch_does_not_fit_another_state() -> None:
    patch = make_patch(["<e:a> <e:b> <e:c> ."], ["<e:a> <e:b> <e:d> ."])
    with pytest.raises(PatchError, match="not the state that the patch was made for"):
        patch.apply(["<e:a> <e:b> <e:x> ."])
    assert isinstance(patch.reversed(), Patch)


def changes(old: str, new: str) -> list[Change]:
    return find_changes(read_snapshot(old).quads, read_snapshot(new).quads)


@pytest.mark.slow
def test_who_joined_and_who_left_is_told() -> None:
    found = changes("2020-02-01", "2020-03-01")
    left = [change for change in found if change.kind == "left"]
    assert [(change.name, change.before) for change in left] == [("Maldon&Wat", "private-sector")]
    assert len([change for change in found if change.kind == "joined"]) == 3


@pytest.mark.slow
def test_every_change_of_the_history_is_told_once() -> None:
    found: dict[str, int] = {}
    for change in changes(min(days()).isoformat(), max(days()).isoformat()):
        if "," in change.before + change.after:  # of another call
            continue
        found[change.kind] = found.get(change.kind, 0) + 1
    assert found["joined"] - found["left"] == len(listed(max(days()))) - len(listed(min(days())))


def listed(day: date) -> set[object]:
    endorses = NamedNode(BASE + "ns#endorses")
    call = NamedNode(BASE + "call/paris-call")
    return {
        quad.subject
        for quad in TableGraph(as_of=day).quads()
        if (quad.predicate, quad.object) == (endorses, call)
    }


@pytest.mark.slow
def test_names_categories_countries_and_corrections_are_told_apart(bundled: TableGraph) -> None:
    old = list(bundled.quads())
    new = [changed(quad) for quad in old]
    assert [(c.kind, c.name, c.before, c.after) for c in find_changes(old, new)] == [
        ("renamed", "ABB Ltd", "ABB", "ABB Ltd"),
        ("reclassified", "Abelia", "private-sector", "civil-society"),
        ("moved", "ABB Ltd", "SWE", "CHE"),
        ("corrected", "ABB Ltd", "", "classification company, classification ngo"),
    ]


@pytest.mark.slow
def test_a_change_is_that_of_one_call(bundled: TableGraph) -> None:
    new = list(bundled.quads())
    before = f"{BASE}endorsement/counter-ransomware-initiative/france/1"
    old = [quad for quad in new if quad.subject != NamedNode(before)]
    assert [(c.kind, c.name, c.after) for c in find_changes(old, new)] == [
        ("joined", "France", "state, counter-ransomware-initiative")
    ]


def changed(quad: Quad) -> Quad:
    text = str(quad)
    for old, new in (
        (f'<{BASE}actor/abb> <http://www.w3.org/2004/02/skos/core#prefLabel> "ABB"', '"ABB Ltd"'),
        (f"<{BASE}actor/abb> <{BASE}ns#country>", f"{quad.object}".replace("SWE", "CHE")),
        (
            f"<{BASE}actor/abb> <http://www.w3.org/ns/org#classification>",
            f"<{BASE}code/nature#ngo>",
        ),
        (
            f"<{BASE}endorsement/paris-call/abelia/1> <{BASE}ns#category>",
            f"<{BASE}code/category#civil-society>",
        ),
    ):
        if text.startswith(old):
            [replaced] = read_lines(f"{quad.subject} {quad.predicate} {new} .")
            return replaced
    return quad


def read_lines(text: str) -> list[Quad]:
    return list(parse(text, format=RdfFormat.N_TRIPLES))


@pytest.fixture
def february(folder: Path) -> Path:
    """Cut the tables down to who joined or left in February 2020, and to parties that did not."""
    keep_some_parties(folder, "cambodia", "fanem", "paraguay", "maldon-wat")
    return folder


@pytest.mark.slow
def test_the_commands_go_there_and_back(run: Run, tmp_path: Path, february: Path) -> None:
    for day in ("2020-02-01", "2020-03-01"):
        options = ["-o", day, "--format", "nt", "--tables", february]
        assert run("export", "--as-of", day, *options).returncode == 0
    old, new = (f"{day}/paris-call.nt" for day in ("2020-02-01", "2020-03-01"))
    assert run("diff", old, new, "--format", "patch", "-o", "p.rdfp").returncode == 0
    assert run("patch", old, "p.rdfp", "-o", "new.nt").returncode == 0
    assert run("patch", "new.nt", "p.rdfp", "-R", "-o", "old.nt").returncode == 0
    for name, original in (("new.nt", new), ("old.nt", old)):
        lines = (tmp_path / original).read_bytes().splitlines(keepends=True)
        assert (tmp_path / name).read_bytes() == b"".join(sorted(lines))
    wrong = run("patch", new, "p.rdfp", "-o", "x.nt")
    assert wrong.returncode == 3
    assert wrong.stderr == "Error: the file is not the state that the patch was made for.\n"
    assert not (tmp_path / "x.nt").exists()


@pytest.mark.slow
def test_the_changelog_is_for_readers_and_for_programs(run: Run, february: Path) -> None:
    tables = ("--tables", february)
    shown = run("diff", "2020-02-01", "2020-03-01", *tables).stdout
    assert shown.startswith("# Changes from 2020-02-01 to 2020-03-01\n")
    assert "\n## Left (1)\n\n- Maldon\\&Wat \\(private-sector\\)\n" in shown
    document = json.loads(
        run("diff", "2020-02-01", "2020-03-01", "--format", "json", *tables).stdout
    )
    assert (document["counts"]["joined"], document["counts"]["left"]) == (3, 1)
    assert document["changes"][0]["kind"] == "joined"
    assert "No signatory changed." in run("diff", "2020-02-01", "2020-02-01", *tables).stdout


def test_states_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="is not a date"):
        read_snapshot("2020-02-30")
    (tmp_path / "blank.ttl").write_text("[] <http://e/p> 1 .", encoding="utf-8")
    with pytest.raises(RdfError, match="blank nodes have no lasting names"):
        read_snapshot(str(tmp_path / "blank.ttl"))


STATE = '<http://e/s> <http://e/p> "1" .'


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("nonsense", "p.rdfp:4: not N-Triples"),
        ("<http://e/s> <http://e/p> .", "p.rdfp:4: not N-Triples"),
        ('<http://e/s> <http://e/p> "2" <http://e/g> .', "p.rdfp:4: not N-Triples"),
        ('"a" <http://e/p> "2" .', "p.rdfp:4: not N-Triples"),
        ('<http://e/s>  <http://e/p> "2" .', "p.rdfp:4: not a canonical N-Triple"),
        ('<http://e/s> <http://e/p> "2" . # more', "p.rdfp:4: not a canonical N-Triple"),
        ('<http://e/s> <http://e/p> "\\u0041" .', "p.rdfp:4: not a canonical N-Triple"),
        ('<http://e/s> <http://e/p> "\r" .', "p.rdfp:4: not"),
        ("# only a remark", "p.rdfp:4: not a canonical N-Triple"),
        ("", "p.rdfp:4: not a canonical N-Triple"),
        ('_:b <http://e/p> "2" .', "blank nodes have no lasting names"),
        (f"<http://e/s> <http://e/p> {'<<( <e:s> <e:p> ' * 9_000}1", "nested more than 100"),
    ],
)
@pytest.mark.parametrize("kind", ["A", "D"])
def test_a_patch_holds_only_canonical_triples(added: str, problem: str, kind: str) -> None:
    before, after = state_iri([STATE]), state_iri(sorted([STATE, added]))
    if kind == "D":  # which are added when the patch is reversed
        before, after = after, before
    text = f"H id <{after}> .\nH prev <{before}> .\nTX .\n{kind} {added}\nTC .\n"
    with pytest.raises(PatchError, match=problem) as refused:
        read_patch(text, "p.rdfp")
    assert "\n" not in str(refused.value)


def test_a_patch_that_leads_to_another_state_than_it_names_writes_nothing() -> None:
    patch = make_patch([STATE], [STATE.replace("1", "2")])
    changed = read_patch(str(patch).replace('"2"', '"3"'))
    with pytest.raises(PatchError, match="the result is not the state that the patch names"):
        changed.apply([STATE])


OTHER = STATE.replace("1", "2")


@pytest.mark.parametrize(
    ("after", "rows"),
    [
        ([OTHER], ""),
        ([STATE], f"D {OTHER}\n"),
        ([STATE], f"A {STATE}\n"),
        ([STATE, OTHER], f"D {OTHER}\nA {OTHER}\n"),
    ],
    ids=["no row", "deletes what is not there", "adds what is there", "deletes what it adds"],
)
def test_a_patch_whose_rows_do_not_lead_to_its_state_is_refused(
    after: list[str], rows: str
) -> None:
    heads = f"H id <{state_iri(sorted(after))}> .\nH prev <{state_iri([STATE])}> .\n"
    patch = read_patch(f"{heads}TX .\n{rows}TC .\n")
    with pytest.raises(PatchError, match="It was changed"):
        patch.apply([STATE])


@pytest.mark.parametrize(
    "heads",
    ["", "H id <urn:a> .\n", "H id <urn:a> .\nH id <urn:b> .\n", "H \x1b[2J <urn:a> .\n"],
    ids=["none", "one", "one twice", "unknown"],
)
def test_a_patch_names_its_two_states_once_each(heads: str) -> None:
    with pytest.raises(PatchError, match=r"does not name its two states|has no place") as refused:
        read_patch(f"{heads}TX .\nA {STATE}\nTC .\n")
    assert "\x1b" not in str(refused.value)
