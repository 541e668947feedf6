"""The statements of a block, by subject and predicate."""

from __future__ import annotations

from collections.abc import Iterable

from ...rdf.blocks import Triple
from ..shacl.look.terms import Statements


def statements_of(triples: Iterable[Triple]) -> Statements:
    """Return triples by subject and predicate, each once, in order."""
    found: dict[str, dict[str, list[str]]] = {}
    repeated: dict[tuple[str, str], dict[str, list[str]]] = {}
    for subject, predicate, term in triples:
        said = found.get(subject)
        if said is None:
            said = found[subject] = {}
        values = said.get(predicate)
        if values is None:
            said[predicate] = [term]
        else:
            values.append(term)
            repeated[subject, predicate] = said
    for (_, predicate), said in repeated.items():
        said[predicate] = list(dict.fromkeys(said[predicate]))
    return found
