"""One client leaves the others a worker, and is known by its address or by what a proxy says."""

from __future__ import annotations

import asyncio
import http.client
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.requests import Request

from pariscall.web.endpoint.clients import Clients
from pariscall.web.endpoint.limits import EndpointLimits
from pariscall.web.endpoint.turns import BusyError, CrowdedError, Turns
from support.command import EXAMPLE
from support.server import DIRECT, needs_fork, serving, wait_for

KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


class Requests:
    """Requests to the same workers, each of which goes on until it is cancelled."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.at_work: list[str] = []

    async def start(self, client: str, number: int = 1) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self._run(client)) for _ in range(number)]
        await asyncio.sleep(0.001)
        return tasks

    async def _run(self, client: str) -> None:
        async with self._turns.take(client):
            self.at_work.append(client)
            await asyncio.Event().wait()


def run(test: Callable[[Requests], Awaitable[None]], *limits: int) -> None:
    number, queue, share = limits

    async def tried() -> None:
        await test(Requests(Turns(number, queue, 0.2, share)))

    asyncio.run(tried())


def test_a_client_that_asks_much_leaves_a_worker_to_another() -> None:
    async def test(requests: Requests) -> None:
        await requests.start("greedy", 6)
        await requests.start("other")
        assert requests.at_work == ["greedy", "other"]

    run(test, 2, 10, 1)


def test_where_there_is_one_worker_the_next_turn_is_another_client_s() -> None:
    async def test(requests: Requests) -> None:
        first, *_ = await requests.start("greedy", 5)
        await requests.start("other")
        first.cancel()
        await asyncio.sleep(0.001)
        assert requests.at_work == ["greedy", "other"]

    run(test, 1, 10, 1)


def test_a_client_has_half_of_the_queue() -> None:
    async def test(requests: Requests) -> None:
        *_, last = await requests.start("greedy", 4)
        with pytest.raises(CrowdedError):
            await last
        await requests.start("second", 2)
        [waiting] = await requests.start("third")
        assert not waiting.done()

    run(test, 2, 4, 1)


def test_a_request_waits_no_longer_than_it_may() -> None:
    async def test(requests: Requests) -> None:
        _, second = await requests.start("one", 2)
        with pytest.raises(BusyError):
            await second
        [again] = await requests.start("two")
        assert requests.at_work == ["one", "two"]
        assert not again.done()

    run(test, 2, 4, 1)


def test_half_of_the_workers_are_for_one_client_unless_said_otherwise() -> None:
    shares = [EndpointLimits(workers=number).share for number in (1, 2, 3, 8)]
    assert shares == [1, 1, 1, 4]
    assert EndpointLimits(workers=8, per_client=8).share == 8


def request_from(address: str, *named: str) -> Request:
    headers = [(b"x-forwarded-for", name.encode()) for name in named]
    return Request({"type": "http", "client": (address, 1), "headers": headers})


@pytest.mark.parametrize(
    ("header", "is_proxied", "request_", "client"),
    [
        (None, False, request_from("192.0.2.1", "198.51.100.1"), "192.0.2.1"),
        (None, True, request_from("127.0.0.1", "198.51.100.1"), None),
        ("X-Forwarded-For", True, request_from("127.0.0.1", "198.51.100.1"), "198.51.100.1"),
        ("X-Forwarded-For", True, request_from("::1", "forged, 198.51.100.1"), "198.51.100.1"),
        ("X-Forwarded-For", True, request_from("127.0.0.1", "forged", "192.0.2.9"), "192.0.2.9"),
        ("X-Forwarded-For", True, request_from("192.0.2.1", "198.51.100.1"), None),
        ("X-Forwarded-For", False, request_from("192.0.2.1", "198.51.100.1"), "192.0.2.1"),
        ("X-Forwarded-For", True, request_from("127.0.0.1"), "127.0.0.1"),
    ],
)
def test_a_header_names_the_client_only_if_it_comes_from_this_machine(
    header: str | None,
    is_proxied: bool,  # noqa: FBT001
    request_: Request,
    client: str | None,
) -> None:
    assert Clients(header, is_proxied=is_proxied).find(request_) == client


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif(needs_fork, reason="the server needs a system that forks")
@pytest.mark.skipif(sys.platform != "linux", reason="loopback has one address here")
def test_queries_without_an_end_leave_those_of_another_client_quick(tmp_path: Path) -> None:
    limits = ("--timeout", "9", "--workers", "2", "--queue", "4")
    with serving(tmp_path, "--data", str(EXAMPLE), *limits) as server, ExitStack() as stack:
        request = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT}\r\n"
        killer = f"{request}Content-Length: {len(KILLER)}\r\n\r\n{KILLER}".encode()
        clients = []
        for _ in range(4):
            connection = socket.create_connection(("127.0.0.1", server.port), 10, ("127.0.0.2", 0))
            clients.append(stack.enter_context(connection))
            connection.sendall(killer)
        refused = clients[-1].recv(1000)
        assert refused.startswith(b"HTTP/1.1 429 ")
        assert b"retry-after: 4\r\n" in refused.lower()
        assert wait_for(2, lambda: len(server.at_work()) == 1)
        start = time.monotonic()
        connection_of_another = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection_of_another.request("GET", "/sparql?query=ASK%7B%7D")
        assert connection_of_another.getresponse().status == 200
        connection_of_another.close()
        assert time.monotonic() - start < 3
