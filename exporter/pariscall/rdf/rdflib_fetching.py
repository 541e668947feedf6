"""What rdflib fetches of its own accord, switched off: SERVICE, FROM, LOAD, imports, contexts.

Python reports every request before it is made to its audit hooks (PEP 578), which rdflib's own
advice on security recommends. A hook stays for good, so this one heeds a switch of each thread.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_EVENTS = frozenset({"urllib.Request", "socket.connect", "socket.getaddrinfo", "socket.sendto"})
_switch = threading.local()


@contextmanager
def no_fetching() -> Iterator[None]:
    """Have every request that Python code of this thread makes raise a ``PermissionError``.

    ``FROM <file:...>``, for which rdflib makes no request, loads nothing either.
    """
    import rdflib.plugins.sparql as settings

    _install()
    loads, was_off = settings.SPARQL_LOAD_GRAPHS, getattr(_switch, "is_off", False)
    settings.SPARQL_LOAD_GRAPHS, _switch.is_off = False, True
    try:
        yield
    finally:
        settings.SPARQL_LOAD_GRAPHS, _switch.is_off = loads, was_off


@cache
def _install() -> None:
    sys.addaudithook(_refuse)


def _refuse(
    event: str,
    _: object,
    # Kept here, because hooks are still called when Python, as it ends, has emptied its modules.
    events: frozenset[str] = _EVENTS,
    switch: threading.local = _switch,
) -> None:
    if event in events and getattr(switch, "is_off", False):
        raise PermissionError("nothing is fetched here")
