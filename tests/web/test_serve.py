"""The server starts, shares its turns, survives the death of its parts, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.command import EXAMPLE, Run
from support.server import Server, is_alive, needs_fork, serving, wait_for

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

ASK = "ASK { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
LIMITS = ("--timeout", "3", "--workers", "2", "--per-client", "2", "--queue", "1")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """Start a server that a test may end or harm, or whose log it reads."""
    with serving(tmp_path, "--data", str(EXAMPLE), *LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server for the tests that leave it as it was."""
    with serving(tmp_path_factory.mktemp("lasting"), "--data", str(EXAMPLE), *LIMITS) as running:
        yield running


@pytest.fixture
def server(lasting: Server) -> Iterator[Server]:
    """Lend the lasting server, which has no work before and none afterwards."""
    yield lasting
    assert wait_for(5, lambda: lasting.at_work() == [])


def asking(server: Server, query: str) -> socket.socket:
    """Ask on a connection of one's own, and do not wait for the answer."""
    client = socket.create_connection(("127.0.0.1", server.port), 10)
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(query)}\r\n"
    client.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{query}".encode())
    return client


def test_a_server_says_what_it_serves_and_where(server: Server) -> None:
    assert server.greeting == f"406 triples at http://127.0.0.1:{server.port}/sparql\n"


def test_many_clients_are_all_answered_or_told_to_come_again(server: Server) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: server.get(ENDLESS), range(6)))
    refused = [reply.status for reply in replies if reply.status != 504]
    assert set(refused) <= {503}
    assert len(refused) <= 3  # two are at work and one waits; a late client may find a turn free
    for reply in replies:
        assert (reply.headers.get("retry-after") == "2") == (reply.status == 503)
    assert server.at_work() == []
    assert server.get(ASK).status == 200


def test_health_is_told_while_all_children_are_busy(server: Server) -> None:
    with asking(server, ENDLESS), asking(server, ENDLESS):
        assert wait_for(2, lambda: len(server.at_work()) == 2)
        start = time.monotonic()
        health = server.send("GET", "/health")
        assert time.monotonic() - start < 1.5  # the queries take two
        assert (health.status, json.loads(health.body)["triples"]) == (200, 406)


@pytest.mark.parametrize("query", [ENDLESS, STREAM])
def test_a_client_that_leaves_frees_its_child(server: Server, query: str) -> None:
    with asking(server, query):
        assert wait_for(2, lambda: len(server.at_work()) == 1)
    assert wait_for(1, lambda: server.at_work() == [])


def test_a_client_that_leaves_the_queue_is_not_served(own_server: Server) -> None:
    with asking(own_server, ENDLESS), asking(own_server, ENDLESS):
        assert wait_for(2, lambda: len(own_server.at_work()) == 2)
        with asking(own_server, ENDLESS):
            assert own_server.get(ASK).status == 503
        # The client that left is the only one that has gone with no answer.
        assert wait_for(5, lambda: 499 in [entry["status"] for entry in own_server.entries()])
        with asking(own_server, ASK) as client:
            assert client.recv(15) == b"HTTP/1.1 200 OK"


def test_a_client_that_reads_slowly_keeps_no_child_beyond_its_time(server: Server) -> None:
    with asking(server, STREAM) as client:
        assert client.recv(15) == b"HTTP/1.1 200 OK"
        assert wait_for(5, lambda: server.at_work() == [])
        assert server.get(ASK).status == 200
        received = b"".join(iter(lambda: client.recv(65536), b""))
    assert not received.endswith(b"0\r\n\r\n")


def test_a_body_that_does_not_come_keeps_no_child(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        assert server.at_work() == []
        assert server.get(ASK).status == 200


def test_a_crowd_of_clients_gets_right_answers(server: Server) -> None:
    def ask(number: int) -> bool:
        for _ in range(100):
            reply = server.get(f"SELECT ({number} AS ?x) {{}}", "text/csv")
            if reply.status == 200:
                return reply.text.split() == ["x", str(number)]
            assert reply.status == 503
            time.sleep(0.05)
        return False

    fork_server = server.fork_server()
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(ask, range(60)))
    assert wait_for(1, lambda: server.at_work() == [])
    assert server.fork_server() == fork_server


def test_the_fork_server_is_replaced_when_it_is_killed(own_server: Server) -> None:
    with asking(own_server, ENDLESS) as client:
        assert wait_for(2, lambda: len(own_server.at_work()) == 1)
        [child] = own_server.at_work()
        fork_server = own_server.fork_server()
        os.kill(fork_server, signal.SIGKILL)
        assert client.recv(1000).startswith(b"HTTP/1.1 503 ")
    assert wait_for(2, lambda: not is_alive(child))
    assert wait_for(10, lambda: own_server.get(ASK).status == 200)
    assert own_server.fork_server() != fork_server
    assert not [entry for entry in own_server.entries() if "fault" in entry]


def test_a_child_that_is_killed_harms_nobody(own_server: Server) -> None:
    with asking(own_server, ENDLESS) as client:
        assert wait_for(2, lambda: len(own_server.at_work()) == 1)
        os.kill(own_server.at_work()[0], signal.SIGSEGV)
        assert client.recv(1000).startswith(b"HTTP/1.1 500 ")
    assert own_server.get(ASK).status == 200


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_server_ends_when_told_and_leaves_no_process(
    own_server: Server, number: int, exit_code: int
) -> None:
    with asking(own_server, ENDLESS), asking(own_server, STREAM):
        assert wait_for(2, lambda: len(own_server.at_work()) == 2)
        processes = [own_server.fork_server(), *own_server.at_work()]
        start = time.monotonic()
        assert own_server.stop(number) == exit_code
        assert time.monotonic() - start < 8
    assert wait_for(2, lambda: not any(map(is_alive, processes)))
    assert "Traceback" not in own_server.log.read_text(encoding="utf-8")


def test_a_server_that_is_killed_leaves_no_process(own_server: Server) -> None:
    with asking(own_server, ENDLESS):
        assert wait_for(2, lambda: len(own_server.at_work()) == 1)
        processes = [own_server.fork_server(), *own_server.at_work()]
        assert own_server.stop(signal.SIGKILL) == -signal.SIGKILL
    assert wait_for(2, lambda: not any(map(is_alive, processes)))


def test_a_port_that_is_taken_is_said_in_one_line(run: Run, server: Server) -> None:
    finished = run("serve", "--port", str(server.port))
    assert finished.returncode == 2
    assert finished.stderr == (
        f"Error: cannot listen at 127.0.0.1 port {server.port}: Address already in use.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "exit_code", "problem"),
    [
        (["--data", "none.ttl"], 3, "Error: none.ttl: No such file or directory.\n"),
        (["--as-of", "2000-01-01"], 2, "is not known"),
        (["--data", "x.ttl", "--as-of", "2020-01-01"], 2, "either --data or --as-of"),
        (["--port", "99999"], 2, "99999 is not in the range"),
        (["--host", "192.0.2.1"], 2, "cannot listen at 192.0.2.1"),
        (["--host", "no-such-host.invalid"], 2, "cannot listen at no-such-host.invalid"),
    ],
)
def test_a_server_that_cannot_start_says_why(
    run: Run, arguments: list[str], exit_code: int, problem: str
) -> None:
    finished = run("serve", "--port", "0", *arguments)
    assert finished.returncode == exit_code
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""


def test_a_system_that_does_not_fork_is_refused() -> None:
    program = (
        "import os, sys; del os.fork; sys.modules['resource'] = None;"
        "from pariscall.cli import main; main(['serve', '--port', '0'])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 2
    assert finished.stderr == ("Error: each query runs in a forked process. Use Linux or macOS.\n")


def test_a_connection_without_a_request_is_broken_off() -> None:
    """A short patience shows it; the server's own is half a minute."""
    whole = "GET {} HTTP/1.1\r\nHost: x\r\n\r\n"
    program = (
        "import asyncio, socket, threading, uvicorn\n"
        "from pariscall.web.endpoint.timeouts import IdleTimeoutProtocol\n"
        "IdleTimeoutProtocol.seconds = 0.3\n"
        "async def app(scope, receive, send):\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n"
        "    await asyncio.sleep(1)\n"
        "    if scope['path'] == '/parts':\n"
        "        for _ in range(600):\n"
        "            part = {'type': 'http.response.body', 'body': b'x' * 65536}\n"
        "            await send({**part, 'more_body': True})\n"
        "    await send({'type': 'http.response.body', 'body': b'x' * 40_000_000})\n"
        "listening = socket.create_server(('127.0.0.1', 0))\n"
        "print(listening.getsockname()[1], flush=True)\n"
        "configuration = uvicorn.Config(app, http=IdleTimeoutProtocol, lifespan='off', log_config=None)\n"
        "uvicorn.Server(configuration).run(sockets=[listening])\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        for said in ("", "GET / HT", whole.format("/"), whole.format("/parts")):
            with socket.create_connection(("127.0.0.1", port), 10) as client:
                client.sendall(said.encode())
                time.sleep(4)  # the answer begins after one second, and nobody takes it
                received = sum(map(len, iter(lambda: client.recv(1_000_000), b"")))
                assert received < 30_000_000
    finally:
        process.kill()
        process.communicate()
