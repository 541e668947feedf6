"""A release reaches a store whole and unchanged, or the command says what went wrong where.

The store is a real server on loopback that misbehaves as the path of the request says.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pariscall.errors import StoreError, StoreMismatchError
from pariscall.publish.push.connection import Connection
from pariscall.publish.push.credentials import read_credentials
from pariscall.publish.push.graph_store import GraphStore
from pariscall.publish.push.push import find_difference, push
from pariscall.publish.push.release_graphs import NamedGraph
from pariscall.rdf.namespaces import BASE, DATASET
from support.command import Run
from support.misbehaving_store import LINES, Server, Store
from support.pushed_graph import GRAPH, PASSWORD, QUICK, load, two_origins
from support.releases import VERSION, make_small_release, write_sums
from support.server import wait_for

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with two_origins() as address:
        yield address


@pytest.fixture(autouse=True)
def forget() -> None:
    Store.graphs.clear()
    Store.seen.clear()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_small_release(tmp_path / "build" / "releases")


def test_a_good_store_gets_each_graph_by_one_put(address: str) -> None:
    load(f"{address}/good")
    assert Store.graphs == {GRAPH.iri: GRAPH.content}
    assert [method for _, method, _ in Store.seen] == ["PUT", "GET"]


@pytest.mark.parametrize(("path", "told"), [("busy-once", "503"), ("cuts", "breaks off")])
def test_what_may_pass_is_tried_again_and_told(address: str, path: str, told: str) -> None:
    lines: list[str] = []
    load(f"{address}/{path}", progress=lines.append)
    assert Store.graphs == {GRAPH.iri: GRAPH.content}
    [line] = lines
    assert line.startswith("http://e/g: ")
    assert told in line


def test_a_store_that_reads_slowly_is_waited_for(address: str) -> None:
    graph = NamedGraph("http://e/g", LINES[0].encode() + b"# and so on\n" * 1_000_000)
    limits = replace(QUICK, connect=0.5, silence=10, total=20, tries=1)
    url = f"{address}/reads-slowly"
    push([graph], GraphStore(url, Connection(read_credentials(url, {}), limits=limits)))


@pytest.mark.parametrize(
    ("path", "problem", "requests"),
    [
        ("busy", "the server answers 503 Service Unavailable (3 tries)", 3),
        ("fault", "the server answers 500 Internal Server Error: disk full\\u001B[2J.", 1),
        ("forbidden", "the server answers 403 Forbidden", 1),
        ("missing", "the server answers 404 Not Found", 1),
        ("basic", "the server answers 401 Unauthorized", 1),
        ("see-other", "redirects to /good. Nothing is sent there", 1),
        ("html", "the media type is text/html, not application/n-triples", 2),
        ("nonsense", "the answer of the store cannot be read: line:1: not valid", 2),
        ("cuts-answer", "breaks off", 4),
        ("silent", "the server does not answer (3 tries)", 3),
        ("endless", "the answer is longer than 1,0", 2),
    ],
)
def test_what_does_not_pass_is_one_line(
    address: str, path: str, problem: str, requests: int
) -> None:
    with pytest.raises(StoreError) as refused:
        load(f"{address}/{path}")
    assert str(refused.value).startswith("http://e/g: ")
    assert problem in str(refused.value).replace("the answer was cut", "breaks off")
    assert "\n" not in str(refused.value)
    assert str(refused.value).isprintable()
    assert len(Store.seen) == requests


def test_an_answer_that_comes_byte_by_byte_ends_at_the_deadline(address: str) -> None:
    url = f"{address}/slow"
    connection = Connection(read_credentials(url, {}), limits=replace(QUICK, total=1))
    with pytest.raises(StoreError, match="no whole answer within 1 seconds"):
        push([GRAPH], GraphStore(url, connection))


def test_a_store_that_is_not_there_is_said() -> None:
    with Server(("127.0.0.1", 0), Store) as gone:
        port = gone.server_port
    with pytest.raises(StoreError, match=r"cannot be reached.*\(3 tries\)"):
        load(f"http://127.0.0.1:{port}/good")


# ------------------------------------------------------------------ what is read back


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            "loses",
            'holds 299; not there: <http://e/s> <http://e/p> "7" .',
        ),
        (
            "alters",
            'holds 300; not there: <http://e/s> <http://e/p> "7" .; there instead: <http://e/s> <http://e/p> "7"@en .',
        ),
    ],
)
def test_a_store_that_holds_something_else_is_told_on(
    address: str, path: str, problem: str
) -> None:
    with pytest.raises(StoreMismatchError) as refused:
        load(f"{address}/{path}")
    expected = f"http://e/g: 300 triples were released, the store {problem}"
    assert str(refused.value) == expected
    assert refused.value.exit_code == 1


def test_blank_nodes_may_be_called_anything_and_a_statement_without_is_shown_first() -> None:
    graph = NamedGraph("http://e/g", b'_:x <http://e/p> _:y .\n<http://e/s> <http://e/p> "1" .\n')
    same = NamedGraph("http://e/g", b'_:b <http://e/p> _:a .\n<http://e/s> <http://e/p> "1" .\n')
    assert find_difference(graph.statements, same.statements) is None
    assert len(same.statements) == 2
    less = NamedGraph("http://e/g", b"_:x <http://e/p> _:x .\n")
    assert "not there: <http://e/s>" in str(find_difference(graph.statements, less.statements))


# ------------------------------------------------------------------ the command


def test_the_command_says_each_graph_and_sums_up(run: Run, address: str, small: Path) -> None:
    finished = run("push", f"{address}/good")
    assert finished.returncode == 0, finished.stderr
    lines = finished.stderr.splitlines()
    [summary] = finished.stdout.splitlines()
    assert f"{BASE}ns/align: 18 triples, as released" in lines
    assert len(lines) == 9
    assert summary.startswith(f"{address}/good: 9 graphs, ")
    assert summary.endswith(f" triples of {VERSION}")
    assert Store.graphs[DATASET.value] == (small / "paris-call.nt").read_bytes()


def test_a_quiet_push_gives_its_summary_as_one_object(run: Run, address: str, small: Path) -> None:
    command = ("push", f"{address}/good", "--release", small)
    finished = run(*command, "--quiet", "--json")
    assert (finished.returncode, finished.stderr) == (0, "")
    found = json.loads(finished.stdout)
    assert list(found) == ["path", "version", "graphs", "triples", "seconds"]
    assert found["path"] == f"{address}/good"
    assert (found["version"], found["graphs"]) == (VERSION, 9)
    in_words = run(*command, "-q").stdout
    assert f" 9 graphs, {found['triples']:,} triples of " in in_words
    verbose = run(*command, "-v").stderr.splitlines()
    assert all(re.match(r" *\d+\.\d s  http", line) for line in verbose)
    assert len(verbose) == 9


def test_one_graph_that_was_altered_does_not_keep_the_others_away(
    run: Run, address: str, small: Path
) -> None:
    content = b"".join(
        sorted(
            [*(small / "paris-call.nt").read_bytes().splitlines(keepends=True), LINES[7].encode()]
        )
    )
    (small / "paris-call.nt").write_bytes(content)
    write_sums(small)
    finished = run("push", f"{address}/loses", "--release", small)
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.count("as released") == 8
    assert f"\nError: {DATASET.value}: " in finished.stderr
    assert 'not there: <http://e/s> <http://e/p> "7" .\n' in finished.stderr


def test_the_command_never_prints_a_password(run: Run, address: str, small: Path) -> None:
    for path in ("good", "basic", "forbidden", "moved", "fault"):
        finished = run("push", f"{address}/{path}", "--release", small, **PASSWORD)
        assert "hush" not in finished.stdout + finished.stderr
        assert base64.b64encode(b"hush").decode()[:4] not in finished.stdout + finished.stderr


@pytest.mark.parametrize("option", [["--update"], ["--query", "http://127.0.0.1:9/"]])
def test_update_needs_an_address_to_read_back_from(
    run: Run, small: Path, option: list[str]
) -> None:
    finished = run("push", "http://127.0.0.1:9/", "--release", small, *option)
    assert finished.returncode == 2
    assert "--update and --query go together" in finished.stderr


def test_a_push_that_is_terminated_stops_at_once(address: str, small: Path) -> None:
    command = [sys.executable, "-m", "pariscall", "push", f"{address}/silent"]
    command += ["--release", str(small)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        assert wait_for(60, lambda: bool(Store.seen))
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 143
        assert process.stderr
        assert process.stderr.read() == b""
    assert not Store.graphs
