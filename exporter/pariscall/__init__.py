"""Paris Call Linked Data: who endorses the Paris Call, as a graph, with a source for every claim.

``load()`` gives the published graph. Everything else is behind the ``pariscall`` command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import rdflib

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(*, as_of: date | str | None = None) -> rdflib.Graph:
    """Load the published graph: the data, the ontology and the code lists.

    The graph is an ``rdflib.Graph`` kept by Oxigraph, so that SPARQL runs at its speed; the
    prefixes of the project are bound. Each call loads anew.

    Args:
        as_of: a day, as a ``datetime.date`` or ``"YYYY-MM-DD"``; the graph then holds what the
            registry listed on that day.

    Raises:
        pariscall.errors.MisuseError: if nothing is known of the registry on that day.
        pariscall.errors.TableError: if the bundled tables were changed and cannot be read.
        ValueError: if ``as_of`` is not a day.
    """
    from datetime import date

    from .query.loading import read_rdflib_graph

    return read_rdflib_graph(as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)
