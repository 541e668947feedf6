"""Workers answer one query after the other, and no query is in the answer to another.

The fork server is stopped while events happen, so that it sees them all at once when it goes on.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from pariscall.io.watchdog import run_watched
from pariscall.web.endpoint.dispatcher import ExitReason
from pariscall.web.endpoint.limits import MIB, EndpointLimits
from pariscall.web.endpoint.sandbox import at_work
from support.fork_server import JSON, TURTLE, XML, ForkServer, query, started
from support.server import is_alive, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def fork_server() -> Iterator[ForkServer]:
    with started(EndpointLimits(seconds=10)) as running:
        yield running


ASK = query("ASK { ?s ?p ?o }")


def test_one_worker_answers_query_after_query(fork_server: ForkServer) -> None:
    found = {fork_server.ask(ASK)[1] for _ in range(5)}
    assert found == {ExitReason.FINISHED}
    first = fork_server.workers()
    fork_server.ask(ASK)
    assert fork_server.workers() == first
    assert len(first) == 1


def test_two_queries_at_once_have_two_workers(fork_server: ForkServer) -> None:
    jobs = [fork_server.give() for _ in range(2)]
    assert wait_for(10, lambda: len(fork_server.workers()) == 2)
    for job in jobs:
        job.say(ASK)
    assert [job.answer() for job in jobs] == [jobs_answer(fork_server)] * 2
    assert len(fork_server.workers()) == 2


def jobs_answer(fork_server: ForkServer) -> bytes:
    return fork_server.ask(ASK)[0]


def test_a_worker_has_a_hundred_queries(fork_server: ForkServer) -> None:
    fork_server.ask(ASK)
    [first] = fork_server.workers()
    for _ in range(98):
        fork_server.ask(ASK)
    assert fork_server.workers() == [first]
    fork_server.ask(ASK)
    assert wait_for(10, lambda: not is_alive(first))
    assert fork_server.ask(ASK)[1] is ExitReason.FINISHED


def test_a_worker_that_took_much_memory_has_no_further_query(fork_server: ForkServer) -> None:
    fork_server.ask(ASK)
    [first] = fork_server.workers()
    long = "".join(f"STR(?{name}), " for name in "abc") * 20
    patterns = " . ".join(f"?{name} ?p{name} ?o{name}" for name in "ab")
    greedy = f"SELECT (CONCAT({long}'') AS ?t) {{ {patterns} BIND(?a AS ?c) }} ORDER BY ?t LIMIT 1"
    answer, exit_reason = fork_server.ask(query(greedy))
    assert exit_reason is ExitReason.FINISHED, answer
    assert wait_for(10, lambda: not is_alive(first))
    assert fork_server.ask(ASK)[1] is ExitReason.FINISHED


def test_a_query_that_ends_while_its_client_leaves_costs_no_worker(
    fork_server: ForkServer,
) -> None:
    fork_server.ask(ASK)
    [worker] = fork_server.workers()
    first = fork_server.give()
    assert wait_for(10, lambda: fork_server.idle() == [])
    with fork_server.stopped():
        first.say(ASK)
        assert first.answer()
        assert wait_for(10, lambda: fork_server.idle() == [worker])
        first.give_up()
        second = fork_server.give()
    second.say(ASK)
    assert first.exit_reason() is ExitReason.FINISHED
    assert second.answer()
    assert second.exit_reason() is ExitReason.FINISHED
    assert fork_server.workers() == [worker]


def test_a_query_goes_to_no_worker_that_has_just_died(fork_server: ForkServer) -> None:
    fork_server.ask(ASK)
    [worker] = fork_server.workers()
    with fork_server.stopped():
        os.kill(worker, signal.SIGKILL)
        job = fork_server.give()
        assert wait_for(10, lambda: not is_alive(worker))
    job.say(ASK)
    assert job.answer()
    assert job.exit_reason() is ExitReason.FINISHED


def test_a_worker_that_dies_when_all_is_said_has_finished(fork_server: ForkServer) -> None:
    fork_server.ask(ASK)
    [worker] = fork_server.workers()
    job = fork_server.give()
    assert wait_for(10, lambda: fork_server.idle() == [])
    with fork_server.stopped():
        job.say(ASK)
        assert job.answer()
        assert wait_for(10, lambda: fork_server.idle() == [worker])
        sleep(0.1)  # until it has told
        os.kill(worker, signal.SIGKILL)
        assert wait_for(10, lambda: not is_alive(worker))
    assert job.exit_reason() is ExitReason.FINISHED
    assert fork_server.ask(ASK)[1] is ExitReason.FINISHED


def test_a_query_that_ends_at_its_deadline_has_finished() -> None:
    with started(EndpointLimits(seconds=3)) as fork_server:
        job = fork_server.give()
        assert wait_for(10, lambda: len(fork_server.workers()) == 1)
        with fork_server.stopped():
            job.say(ASK)
            assert job.answer()
            sleep(3.2)
        assert job.exit_reason() is ExitReason.FINISHED
        assert fork_server.ask(ASK)[1] is ExitReason.FINISHED


def test_the_worker_of_a_query_that_is_given_up_is_killed(fork_server: ForkServer) -> None:
    fork_server.ask(ASK)
    [worker] = fork_server.workers()
    job = fork_server.give()
    job.say(query(ENDLESS))
    assert wait_for(10, lambda: fork_server.idle() == [])
    job.give_up()
    assert job.exit_reason() is ExitReason.CRASHED
    assert not is_alive(worker)
    assert fork_server.ask(ASK)[1] is ExitReason.FINISHED


def test_a_late_query_is_told_from_one_that_crashed() -> None:
    with started(EndpointLimits(seconds=3)) as fork_server:
        fork_server.ask(ASK)
        [worker] = fork_server.workers()
        assert fork_server.ask(query(ENDLESS)) == (b"", ExitReason.TIMED_OUT)
        assert not is_alive(worker)
        job = fork_server.give()
        job.say(query(ENDLESS))
        assert wait_for(10, lambda: len(fork_server.workers()) == 1)
        os.kill(fork_server.workers()[0], signal.SIGSEGV)
        assert job.exit_reason() is ExitReason.CRASHED


def test_each_query_has_the_whole_time() -> None:
    def clocks() -> list[tuple[float, float]]:
        found = []
        for _ in range(2):
            with at_work(EndpointLimits(seconds=60)):
                alarm = signal.getitimer(signal.ITIMER_REAL)[0]
                used = resource.getrusage(resource.RUSAGE_SELF)
                left = resource.getrlimit(resource.RLIMIT_CPU)[0] - used.ru_utime - used.ru_stime
                found.append((alarm, left))
                while resource.getrusage(resource.RUSAGE_SELF).ru_utime < used.ru_utime + 1.2:
                    sum(range(100_000))  # so that no more time goes into the question than to work
            assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        return found

    for alarm, processor in run_watched(clocks):
        assert 60 < alarm <= 61
        assert 61 <= processor <= 62.1


def test_a_worker_can_open_nothing_while_it_works(fork_server: ForkServer) -> None:
    job = fork_server.give()
    assert wait_for(10, lambda: len(fork_server.workers()) == 1)
    job.say(query(ENDLESS))
    [worker] = fork_server.workers()
    folder = Path(f"/proc/{worker}")
    assert wait_for(10, lambda: len(list((folder / "fd").iterdir())) == 5)
    assert "Max open files            0                    5" in (folder / "limits").read_text()


REQUESTS = {
    "rows": query("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"),
    "json": query("SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o", JSON),
    "xml": query("SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o", XML),
    "tag": query("SELECT (LANG('x'@en-GB) AS ?l) {}"),
    "tag in lower case": query("SELECT (LANG('x'@en-gb) AS ?l) {}"),
    "a text": query("SELECT ('a-secret-marker' AS ?x) {}"),
    "another": query("SELECT ('something' AS ?x) {}"),
    "no answer": query("SELECT ?x { ?x <http://example.org/none> 1 }"),
    "graph": query("CONSTRUCT { ?s <http://example.org/is> ?o } { ?s a ?o }", graph=TURTLE),
    "triples": query("CONSTRUCT WHERE { ?s a ?o }", graph="application/n-triples"),
    "malformed": query("SELECT a-secret-marker {"),
    "not acceptable": replace(ASK, rows=None),
    "no such graph": query("SELECT * FROM <http://example.org/a-secret-marker> { ?s ?p ?o }"),
    "prefixes": query(
        "PREFIX secret: <http://example.org/a-secret-marker/> ASK { ?s ?p secret:x }"
    ),
    "own prefix": query("ASK { ?s ?p secret:x }"),
    "too large": query("SELECT * { ?a ?b ?c . ?d ?e ?f }", whole=True),
    "ask": ASK,
}


def test_no_query_is_in_the_answer_to_another() -> None:
    limits = EndpointLimits(seconds=20, buffer=MIB // 8)
    alone = {}
    with started(limits) as fork_server:
        for name, request in REQUESTS.items():
            alone[name] = fork_server.ask(request)
            for pid in fork_server.workers():
                os.kill(pid, signal.SIGKILL)
            assert wait_for(10, lambda: fork_server.workers() == [])
    with started(limits) as fork_server:
        orders = [list(REQUESTS), sorted(REQUESTS), sorted(REQUESTS, reverse=True)]
        for name in (name for order in orders for name in order):
            assert fork_server.ask(REQUESTS[name]) == alone[name], name
        assert len(fork_server.workers()) == 1
    marked = {name for name, (answer, _) in alone.items() if b"a-secret-marker" in answer}
    assert marked <= {"a text", "malformed", "no such graph"}
