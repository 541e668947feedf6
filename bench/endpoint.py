"""Measure the endpoint against the servers one would use instead, on the same graph and queries.

Prints latency of one client, throughput of several, and ratios, all of one run on one machine.
The servers run at the same time and are asked in turns. Usage: ``python endpoint.py BIN``, the
folder of the programs ``oxigraph`` and ``rdflib-endpoint``, which ``make bench`` installs.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles

from pyoxigraph import RdfFormat, serialize

from pariscall.query.loading import read_store
from pariscall.query.queries import find_query

WORK = Path(__file__).parent.parent / "build" / "bench"
QUESTIONS = {
    "ASK": "ASK { ?s ?p ?o }",
    **{name: find_query(name).text for name in ("states", "calls", "supporters-on-a-day")},
}
KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_ROUNDS = 40
_SLOW_ROUNDS = 5  # of a server that takes a second or more
_CLIENTS = 4
_SECONDS = 5


def main() -> None:
    """Start the servers and compare them."""
    peers = Path(sys.argv[1])
    WORK.mkdir(parents=True, exist_ok=True)
    data = WORK / "served.nt"
    triples = (quad.triple for quad in read_store())
    serialize(triples, str(data), format=RdfFormat.N_TRIPLES)
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(serving(command, path))
            for name, command, path in commands(peers, data)
        }
        print(
            f"{'':22}"
            + "".join(f"{name:>18}" for name in servers)
            + "   times better than the others"
        )
        for question, text in QUESTIONS.items():
            compare_latency(question, text, list(servers.values()))
        for question, text in QUESTIONS.items():
            compare_throughput(question, text, list(servers.values()))
        for name, server in servers.items():
            survive(name, server)


class Server:
    """A server on loopback: its port, and the path of its endpoint."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.path = path

    def ask(self, text: str, patience: float = 120) -> float:
        """Ask on a new connection, as strangers do: the seconds until all of the answer is here."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        headers = {
            "Content-Type": "application/sparql-query",
            "Accept": "application/sparql-results+json",
        }
        try:
            connection.request("POST", self.path, text.encode(), headers)
            response = connection.getresponse()
            response.read()
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise http.client.HTTPException(f"status {response.status}")
        return time.perf_counter() - start


def commands(peers: Path, data: Path) -> Iterator[tuple[str, list[str], str]]:
    """Give the servers by name: the command, in which PORT stands for the port, and the path."""
    yield (
        "pariscall",
        [sys.executable, "-m", "pariscall", "serve", "--port", "PORT", "--data", str(data)],
        "/sparql",
    )
    database = WORK / "oxigraph"
    shutil.rmtree(database, ignore_errors=True)
    oxigraph = str(peers / "oxigraph")
    subprocess.run(
        [oxigraph, "load", "--location", str(database), "--file", str(data)],
        check=True,
        capture_output=True,
    )
    yield (
        "oxigraph",
        [oxigraph, "serve-read-only", "--location", str(database), "--bind", "127.0.0.1:PORT"],
        "/query",
    )
    yield (
        "rdflib-endpoint",
        [
            *(str(peers / "rdflib-endpoint"), "serve", "--host", "127.0.0.1"),
            *("--port", "PORT", str(data)),
        ],
        "/",
    )


@contextmanager
def serving(command: Sequence[str], path: str) -> Iterator[Server]:
    """Run a server until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [part.replace("PORT", str(port)) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(port, path)
    try:
        wait_for(server, process)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"{process.args!r} ended with {process.returncode}")
        try:
            server.ask(QUESTIONS["ASK"])
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{process.args!r} does not answer")


def compare_latency(question: str, text: str, servers: Sequence[Server]) -> None:
    """Ask one question of all servers in turns, one client at a time."""
    rounds = [_SLOW_ROUNDS if server.ask(text) > 0.3 else _ROUNDS for server in servers]
    times: list[list[float]] = [[] for _ in servers]
    for turn in range(_ROUNDS):
        for at, server in enumerate(servers):
            if turn < rounds[at]:
                times[at].append(server.ask(text))
    medians = [median(found) * 1000 for found in times]
    highest = [quantiles(found, n=20)[-1] * 1000 for found in times]
    cells = [f"{low:7.1f} /{high:6.0f} ms" for low, high in zip(medians, highest, strict=True)]
    ratios = "  ".join(f"{other / medians[0]:.2f}x" for other in medians[1:])
    print(f"{question:22}" + "".join(f"{cell:>18}" for cell in cells) + f"   {ratios}", flush=True)


def compare_throughput(question: str, text: str, servers: Sequence[Server]) -> None:
    """Ask one question by several clients at once for some seconds, a server at a time."""
    rates = [rate(server, text) for server in servers]
    ratios = "  ".join(f"{rates[0] / other:.2f}x" for other in rates[1:])
    cells = "".join(f"{number:14.1f} a s" for number in rates)
    print(f"{f'{question}, {_CLIENTS} clients':22}{cells}   {ratios}", flush=True)


def rate(server: Server, text: str) -> float:
    """Count the answers a second that several clients get together."""
    start = time.perf_counter()

    def ask(_client: int) -> int:
        number = 0
        while time.perf_counter() - start < _SECONDS:
            server.ask(text)
            number += 1
        return number

    with ThreadPoolExecutor(_CLIENTS) as pool:
        number = sum(pool.map(ask, range(_CLIENTS)))
    return number / (time.perf_counter() - start)


def survive(name: str, server: Server) -> None:
    """Send a query that does not end, twice, and see how long the next one takes 15 s later."""
    for _ in range(2):
        with suppress(OSError, http.client.HTTPException):
            server.ask(KILLER, 1)
    time.sleep(15)
    try:
        after = f"{server.ask(QUESTIONS['states'], 20) * 1000:.0f} ms"
    except (OSError, http.client.HTTPException) as error:
        after = f"no answer: {error}"
    print(f"{name}: states, 15 s after two endless queries: {after}", flush=True)


if __name__ == "__main__":
    main()
