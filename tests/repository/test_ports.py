"""The ports that tests choose for programs are not given to others before these have started."""

from __future__ import annotations

import socket

from support.hosts import free_port


def test_a_free_port_is_none_that_the_system_gives() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        given = [server.getsockname()[1], client.getsockname()[1]]
    assert max(free_port() for _ in range(100)) < 30_000 <= min(given)


def test_a_free_port_can_be_listened_at() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as server:
        assert server.getsockname()[1]
