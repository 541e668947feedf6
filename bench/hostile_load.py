"""Measure the endpoint under hostile load: many clients, and a query that does not end each second.

Fifty clients ask for documents and queries on new connections for half a minute. Prints the median
and the 99th percentile of each, errors, the most memory of the server with its workers, and the
most descriptors, before and while 1,200 idle connections are open. ``make bench-hostile`` runs it.
Usage: ``python hostile_load.py [SITE]``, the folder of a site to serve; without one, documents are
written from the graph.
"""

from __future__ import annotations

import http.client
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from typing import Any

from pariscall.query.loading import read_store
from pariscall.query.queries import find_query

_CLIENTS, _SECONDS = 50, 30
_IDLE = 1200
_MOST_WAITING = 60  # seconds that a client waits for an answer
_KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_QUERIES = ["ASK { ?s ?p ?o }", find_query("states").text, find_query("calls").text]
_FORM = "application/sparql-query"


class Figures:
    """What was measured: milliseconds and statuses by kind, and the most of each resource."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.statuses: Counter[tuple[str, object]] = Counter()
        self.most: Counter[str] = Counter()

    def add(self, kind: str, status: object, seconds: float) -> None:
        """Add an answer, or what was in its place."""
        self.statuses[kind, status] += 1
        if status == http.HTTPStatus.OK:
            self.times.setdefault(kind, []).append(seconds * 1000)

    def show(self) -> None:
        """Print everything, a line each."""
        for kind, times in sorted(self.times.items()):
            cuts = quantiles(times, n=100)
            print(
                f"{kind:10} {len(times):6,} answers  p50 {cuts[49]:7.1f} ms  p99 {cuts[98]:7.1f} ms"
            )
        for (kind, status), number in sorted(self.statuses.items(), key=str):
            if status != http.HTTPStatus.OK:
                print(f"{kind:10} {number:6,} times {status}")
        print(f"memory     {self.most['memory'] / 2**20:6,.0f} MB at most, of all processes")
        print(f"open files {self.most['descriptors']:6,} at most, of the server")


def main() -> None:
    """Start a server without a site and attack it."""
    paths = [quad.subject.value for quad in read_store() if "/actor/" in str(quad.subject)]
    names = sorted({path.removeprefix("https://w3id.org/mscall") for path in paths})
    with serving() as (process, port):
        figures = Figures()
        with ExitStack() as stack:
            attack(figures, process, port, names)
            print(f"{_CLIENTS} clients for {_SECONDS} s, one query without an end a second")
            figures.show()
            for number in range(_IDLE):
                client = socket.create_connection(("127.0.0.1", port), 10, (source(number), 0))
                stack.enter_context(client)
            figures = Figures()
            attack(figures, process, port, names)
            print(f"the same, after {_IDLE:,} connections that say nothing")
            figures.show()


def source(number: int) -> str:
    """Return an address of loopback, so that idle clients come from several."""
    return f"127.0.{1 + number // 100}.1" if sys.platform == "linux" else "127.0.0.1"


def address(number: int) -> str:
    """Return another address of loopback for each client at work."""
    return f"127.1.0.{1 + number}" if sys.platform == "linux" else "127.0.0.1"


def attack(figures: Figures, process: subprocess.Popen[str], port: int, names: list[str]) -> None:
    """Ask as many clients do, and watch the server."""
    end = time.monotonic() + _SECONDS

    def client(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 the same requests each time
        asked = (figures, "documents" if number % 2 else "queries", port, address(number))
        while time.monotonic() < end:
            if number % 2:
                timed(*asked, "GET", f"{chance.choice(names)}.ttl")
            else:
                timed(*asked, "POST", "/sparql", chance.choice(_QUERIES))

    def killer() -> None:
        arguments = (figures, "killers", port, address(_CLIENTS), "POST", "/sparql", _KILLER)
        while time.monotonic() < end:
            threading.Thread(target=timed, args=arguments).start()
            time.sleep(1)

    with ThreadPoolExecutor(_CLIENTS + 2) as pool:
        pool.submit(killer)
        pool.submit(watch, figures, process.pid, end)
        list(pool.map(client, range(_CLIENTS)))


def timed(figures: Figures, kind: str, *request: Any) -> None:
    """Ask, and add what came of it."""
    start = time.perf_counter()
    try:
        status: object = ask(*request)
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
    figures.add(kind, status, time.perf_counter() - start)


def ask(port: int, own: str, method: str, path: str, body: str | None = None) -> int:
    """Ask on a new connection from an address, and return the status when all of the answer is here."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=_MOST_WAITING, source_address=(own, 0)
    )
    try:
        connection.request(method, path, body, {"Content-Type": _FORM} if body else {})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def watch(figures: Figures, pid: int, end: float) -> None:
    """Note the memory and the descriptors of a server until the end."""
    while time.monotonic() < end:
        with suppress(OSError):
            memory = sum(resident(process) for process in family(pid))
            descriptors = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
            figures.most |= Counter(memory=memory, descriptors=descriptors)
        time.sleep(0.25)


def family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from family(int(child))


def resident(pid: int) -> int:
    """Return the memory of a process in bytes; what it shares counts once (smaps_rollup, Pss)."""
    with suppress(OSError):
        shown = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return 1024 * int(re.findall(r"^Pss:\s+(\d+)", shown, re.MULTILINE)[0])
    return 0


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server of the bundled graph, with its own limits."""
    site = ["--site", str(Path(sys.argv[1]).resolve())] if len(sys.argv) > 1 else []
    process = subprocess.Popen(
        [sys.executable, "-m", "pariscall", "serve", "--port", "0", *site],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parent,
    )
    try:
        greeting = next(iter(process.stdout or ()))
        yield process, int(greeting.rpartition(":")[2].partition("/")[0])
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
