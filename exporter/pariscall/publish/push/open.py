"""Open a store at an address that a user gives."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from ...errors import MisuseError
from ...io.progress import Progress, silent
from .connection import Connection
from .credentials import PASSWORD, USER, read_credentials
from .graph_store import GraphStore
from .push import Store
from .sparql_update import UpdateStore


def open_store(
    endpoint: str,
    environment: Mapping[str, str],
    query_url: str | None = None,
    *,
    update: bool = False,
    progress: Progress = silent,
) -> Store:
    """Open a Graph Store, or one for SPARQL Update that is read by queries.

    Nothing is sent yet. The credentials of the environment are for the host of ``endpoint`` only.

    Raises:
        MisuseError: if an address is invalid or missing, or the credentials cannot be used.
    """
    if update != bool(query_url):
        raise MisuseError("--update and --query go together: the graphs are read back by queries.")
    for url in filter(None, (endpoint, query_url)):
        _check_address(url)
    connection = Connection(read_credentials(endpoint, environment), progress)
    if query_url:
        return UpdateStore(endpoint, query_url, connection)
    return GraphStore(endpoint, connection)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    if "@" in url.partition("?")[0]:
        raise MisuseError(f"an address holds no name and password. Set {USER} and {PASSWORD}.")
    if not is_address or parts.fragment or not url.isprintable() or " " in url:
        raise MisuseError(f"{url!r} is not a web address, as https://example.org/store is.")
