"""Paris Call Linked Data: who endorses the Paris Call, as a graph, with a source for every claim.

``load()`` gives the published graph. Everything else is behind the ``pariscall`` command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(*, as_of: None = None) -> rdflib.Graph:
    """Load the published graph: the data, the ontology and the code lists.

    The graph is an ``rdflib.Graph`` kept by Oxigraph, so that SPARQL runs at its speed; the
    prefixes of the project are bound. Each call loads anew.

    Args:
        as_of: reserved for replaying the registry to a day; leave it out.

    Raises:
        pariscall.errors.TableError: if the bundled tables were changed and cannot be read.
        ValueError: if ``as_of`` is given.
    """
    from .graph import read_rdflib_graph

    if as_of is not None:
        raise ValueError("as_of is reserved: the history of the registry is not published yet")
    return read_rdflib_graph()
