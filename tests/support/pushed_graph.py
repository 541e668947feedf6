"""One graph that is pushed to a store on loopback with little patience, and who may write there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from pariscall.io.request import Limits
from pariscall.publish.push.connection import Connection
from pariscall.publish.push.credentials import read_credentials
from pariscall.publish.push.graph_store import GraphStore
from pariscall.publish.push.push import push
from pariscall.publish.push.release_graphs import NamedGraph
from support.misbehaving_store import LINES, Server, Store

GRAPH = NamedGraph("http://e/g", "".join(LINES).encode())
QUICK = Limits(connect=2, silence=1, total=10, tries=3, pause=0.01, longest_pause=0.05, redirects=0)
TOKEN = {"PARISCALL_TOKEN": "hush"}
PASSWORD = {"PARISCALL_USER": "curator", "PARISCALL_PASSWORD": "hush hush"}


@contextmanager
def two_origins() -> Iterator[str]:
    """Serve on two origins, the second of which is another to whoever keeps a password."""
    with Server(("127.0.0.1", 0), Store) as server, Server(("127.0.0.1", 0), Store) as other:
        for each in (server, other):
            Thread(target=each.serve_forever, daemon=True).start()
        Store.elsewhere = f"http://localhost:{other.server_port}"
        yield f"http://127.0.0.1:{server.server_port}"
        for each in (server, other):
            each.shutdown()


def load(
    url: str, environment: Mapping[str, str] = {}, progress: Callable[[str], object] = str
) -> None:
    connection = Connection(read_credentials(url, environment), progress, QUICK)
    push([GRAPH], GraphStore(url, connection))
