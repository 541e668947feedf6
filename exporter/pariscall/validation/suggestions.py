"""Help for a value that is not in a list: what the list holds, and which of it was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pyoxigraph import Literal, NamedNode

from ..errors import nearest
from ..rdf.vocabulary import vocabulary
from .shacl.graph import ShaclGraph
from .shacl.result import Messages, Term, ValidationResult

_SHOWN = 12
_MEMBERSHIP = ("InConstraintComponent", "NodeConstraintComponent", "ClassConstraintComponent")
_NAMESPACE = re.compile(r"(.*[/#])([^/#]+)")

_MOST_COMPARED = 2_000  # members of a list; to compare 100,000 takes half a second a finding
_LISTED = {
    "en": "`{value}` is not in the list{name}: {members}",
    "fr": "`{value}` n’est pas dans la liste{name} : {members}",
}
_MEANT = {"en": "Did you mean `{meant}`?", "fr": "Vouliez-vous dire `{meant}` ?"}


def suggest(result: ValidationResult, shapes: ShaclGraph) -> Messages:
    """Return what the list holds that a value is not in, in each language; nothing otherwise.

    The list is that of ``sh:in``, or the code list in whose namespace the value is.
    """
    value = result.value
    if result.component not in _MEMBERSHIP or not isinstance(value, NamedNode | Literal):
        return ()
    members = [
        member for head in shapes.values(result.shape, "in") for member in shapes.items(head)
    ]
    if len(members) > _MOST_COMPARED:
        del members[_SHOWN + 1 :]
        return _help(_local(value), "", _named(members), is_compared=False)
    if listed := _named(members):
        return _help(_local(value), "", listed)
    space, local = _split(value.value)
    codes = _codes().get(space, ())
    if isinstance(value, Literal) or not codes or local in codes:
        return ()
    return _help(local, " " + space.rstrip("#/").rpartition("/")[2], codes)


def _named(members: Sequence[Term]) -> list[str]:
    return [_local(member) for member in members if isinstance(member, NamedNode | Literal)]


def _help(value: str, name: str, members: Sequence[str], *, is_compared: bool = True) -> Messages:
    meant = nearest(value, members) if is_compared else None
    first = sorted(members, key=lambda member: member != meant)[:_SHOWN]
    shown = ", ".join(first) + (", ..." if len(members) > _SHOWN else ".")
    return tuple(
        (
            lang,
            _LISTED[lang].format(value=value, name=name, members=shown)
            + (" " + _MEANT[lang].format(meant=meant) if meant else ""),
        )
        for lang in _LISTED
    )


def _local(term: NamedNode | Literal) -> str:
    return _split(term.value)[1] if isinstance(term, NamedNode) else term.value


def _split(iri: str) -> tuple[str, str]:
    found = _NAMESPACE.fullmatch(iri)
    return (found[1], found[2]) if found else ("", iri)


@cache
def _codes() -> dict[str, list[str]]:
    """Return the codes of each list of the vocabulary, by the namespace of the list."""
    found: dict[str, dict[str, None]] = {}
    for quad in vocabulary():
        if isinstance(quad.subject, NamedNode) and "/code/" in quad.subject.value:
            space, local = _split(quad.subject.value)
            if space.endswith("#"):
                found.setdefault(space, {})[local] = None
    return {space: list(codes) for space, codes in found.items()}
