"""A query ends within its limits; data come from standard input in a format that is named."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pariscall.io.watchdog import can_watch
from support.command import EXAMPLE, Run

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
needs_fork = pytest.mark.skipif(not can_watch(), reason="no process can be forked here")


@pytest.mark.slow
@needs_fork
@pytest.mark.parametrize("data", [(), ("--data", EXAMPLE)])
def test_a_query_that_takes_too_long_is_an_error_that_names_it(
    run: Run, tmp_path: Path, data: tuple[str | Path, ...]
) -> None:
    query = f"SELECT (COUNT(*) AS ?number) {{ {PRODUCT} }}"
    (tmp_path / "slow.rq").write_text(query, encoding="utf-8")
    start = time.monotonic()
    finished = run("query", "slow.rq", "--timeout", "1", *data)
    assert time.monotonic() - start < 10
    assert finished.returncode == 3
    assert finished.stderr == "Error: slow.rq: the query took longer than 1 seconds.\n"
    assert finished.stdout == ""


@pytest.mark.slow
@needs_fork
@pytest.mark.skipif(sys.platform != "linux", reason="macOS keeps no limit on memory")
def test_a_query_that_takes_too_much_memory_is_an_error(run: Run) -> None:
    doubled = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(32))
    query = f"SELECT (STRLEN(?s32) AS ?n) {{ BIND('0123456789' AS ?s0) {doubled} }}"
    finished = run("query", query, "--memory", "600", "--timeout", "60")
    assert (finished.returncode, finished.stdout) == (3, "")
    assert finished.stderr.startswith("Error: query: the query nests too deeply, or took more mem")
    assert finished.stderr.count("\n") == 1


@pytest.mark.slow
@needs_fork
@pytest.mark.parametrize(
    "query",
    ["ASK " + "{" * 20_000 + "}" * 20_000, "ASK { FILTER(" + "!" * 60_000 + "true) }"],
)
def test_a_query_that_overflows_a_parser_does_not_end_by_a_signal(run: Run, query: str) -> None:
    finished = run("query", query)
    assert (finished.returncode, finished.stdout) == (3, "")
    assert finished.stderr.startswith("Error: query")
    assert finished.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("query", ["ASK {" + "{" * 40 + "?s ?p ?from" + "}" * 40 + "}"])
def test_some_brackets_are_no_reason_to_refuse(run: Run, query: str) -> None:
    assert run("query", query, "--timeout", "60", "--memory", "4096").stdout == "yes\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--data-format", "ttl"), "PREFIX ex: <a:> ex:s ex:p 'é'@en-GB ."),
        (("--data-format", "nq"), "<a:s> <a:p> 'é'@en-GB <a:g> .".replace("'", '"')),
        (
            ("--data-format", "jsonld"),
            '{"@id": "a:s", "a:p": {"@value": "é", "@language": "en-GB"}}',
        ),
    ],
)
def test_data_come_from_standard_input(
    tmp_path: Path, arguments: tuple[str, ...], text: str
) -> None:
    finished = with_input(tmp_path, text.encode(), *arguments)
    assert finished.stdout.decode() == '?s\t?o\n<a:s>\t"é"@en-GB\n'


def with_input(folder: Path, content: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    query = ("query", "SELECT ?s ?o { ?s ?p ?o }", "--format", "tsv", "--data", "-")
    return subprocess.run(
        [sys.executable, "-m", "pariscall", *query, *arguments],
        cwd=folder,
        input=content,
        capture_output=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "content", "problem"),
    [
        (("--data-format", "ttl"), b"<a:s>\n<a:p>", "<stdin>:2: not valid text/turtle: "),
        (("--data-format", "nt"), b"", "<stdin>: the file holds no triple."),
        (("--data-format", "nt"), b"\xff", "<stdin>:1: not UTF-8."),
    ],
)
def test_bad_input_is_an_error_of_standard_input(
    tmp_path: Path, arguments: tuple[str, ...], content: bytes, problem: str
) -> None:
    finished = with_input(tmp_path, content, *arguments)
    assert finished.returncode == 3
    assert finished.stderr.decode().startswith(f"Error: {problem}")


def test_the_format_of_a_file_can_be_named_against_its_suffix(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("<a:s> <a:p> 1 .", encoding="utf-8")
    query = ("query", "ASK { ?s ?p 1 }", "--data", "data.txt")
    assert run(*query, "--data-format", "ttl").stdout == "yes\n"
    assert run(*query).returncode == 3
