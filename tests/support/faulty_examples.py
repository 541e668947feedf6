"""The example with faults, few graphs of it for all faults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from pyoxigraph import Quad, Store

from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.validation.shacl.result import ValidationResult

from .faults import FAULTS

SHAPES = BASE + "shapes#"


def with_faults(example: Iterable[Quad], names: Iterable[str]) -> list[Quad]:
    """Return the example with the faults of these names, one after the other."""
    store = Store()
    store.bulk_extend(example)
    for name in names:
        store.update(FAULTS[name], prefixes=PREFIXES)
    return list(store)


def fired(results: Iterable[ValidationResult]) -> set[str]:
    """Return the names of the shapes that report; the fault for each has the same name."""
    return {str(result.shape).strip("<>").removeprefix(SHAPES) for result in results}


def graphs_for_every_fault(
    example: Collection[Quad], validate: Callable[[list[Quad]], Iterable[ValidationResult]]
) -> Iterator[list[Quad]]:
    """Return graphs in one of which at least the shape of each fault fires.

    Faults that others of their graph hide are tried again among fewer.
    """
    names, graphs = list(FAULTS), 3
    while names:
        hidden = []
        for group in filter(None, (names[start::graphs] for start in range(graphs))):
            graph = with_faults(example, group)
            yield graph
            found = fired(validate(graph))
            hidden += [name for name in group if name not in found]
        assert len(hidden) < len(names), hidden
        names, graphs = hidden, 2
