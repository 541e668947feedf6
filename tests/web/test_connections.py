"""Connections are shared out so that nobody who only waits keeps others from being served."""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import dataclass

import pytest

from pariscall.web.endpoint import access_log
from pariscall.web.endpoint.connections import Connections
from pariscall.web.endpoint.files import byte_ranges


@dataclass(eq=False)
class Client:
    """A connection that waits for a request, or does not."""

    is_idle: bool = True
    is_dropped: bool = False

    def drop(self) -> None:
        self.is_dropped = True


def test_the_connection_that_waited_longest_gives_way() -> None:
    connections = Connections(limit=3, per_address=3)
    clients = [Client() for _ in range(3)]
    for client in clients:
        assert connections.admit(client, "192.0.2.1")
    connections.renew(clients[0])
    assert connections.admit(Client(), "192.0.2.2")
    assert [client.is_dropped for client in clients] == [False, True, False]


def test_a_connection_at_work_never_gives_way() -> None:
    connections = Connections(limit=2, per_address=2)
    at_work = [Client(is_idle=False) for _ in range(2)]
    for client in at_work:
        assert connections.admit(client, "192.0.2.1")
    assert not connections.admit(Client(), "192.0.2.2")
    connections.remove(at_work[0])
    connections.remove(at_work[0])
    assert connections.admit(Client(), "192.0.2.2")
    assert not any(client.is_dropped for client in at_work)


def test_a_busy_client_is_not_refused_for_those_who_only_wait() -> None:
    connections = Connections(limit=5, per_address=4)
    waiting = [Client() for _ in range(2)]
    for number, client in enumerate(waiting):
        connections.admit(client, f"192.0.2.{number}")
    busy = [Client(is_idle=False) for _ in range(4)]
    assert all(connections.admit(client, "192.0.2.9") for client in busy)
    assert [client.is_dropped for client in waiting] == [True, False]
    assert connections.admit(Client(), "192.0.2.8")
    assert waiting[1].is_dropped


def test_a_client_with_too_many_gives_up_its_own() -> None:
    connections = Connections(limit=10, per_address=2)
    other = Client()
    connections.admit(other, "192.0.2.9")
    greedy = [Client() for _ in range(20)]
    assert all(connections.admit(client, "192.0.2.1") for client in greedy)
    assert sum(not client.is_dropped for client in greedy) == 2
    assert not other.is_dropped


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "", True),
    ],
)
def test_a_network_of_ipv6_is_one_client(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    connections = Connections(limit=10, per_address=1)
    first = Client()
    connections.admit(first, one)
    connections.admit(Client(), other)
    assert first.is_dropped == is_same


def test_descriptors_are_raised_and_bound_the_connections() -> None:
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 300))\n"
        "from pariscall.web.endpoint.connections import affordable\n"
        "print(affordable(512), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[1] >= 300
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert printed == "118 300\n"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-4", "bytes=0-4"),
        ("Bytes = 0-4", "bytes=0-4"),
        ("bytes=-4", "bytes=-4"),
        ("bytes=4-", "bytes=4-"),
        ("bytes=0-1, 3-5", "bytes=0-1,3-5"),
        ("bytes=0-1,200-", "bytes=0-1"),
        ("bytes=200-", "bytes=200-"),
        ("bytes=-0", "bytes=-0"),
        ("bytes=0-1,nonsense", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=5-4", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("bytes=٣-٤", None),
        ("items=0-1", None),
        ("", None),
    ],
)
def test_only_valid_ranges_are_kept(header: str, expected: str | None) -> None:
    assert byte_ranges(header, 100) == expected


def test_a_flood_of_requests_is_no_flood_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(access_log.LOGGER, "info", written.append)
    limit = access_log.LogLimit()
    for _ in range(10_000):
        limit.write({})
    assert 2000 <= len(written) < 2300
    assert sum('"left_out"' in line for line in written) <= 300
