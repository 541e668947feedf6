"""The events as a Linked Data Event Stream: members that never change, on a page for each month.

Implements https://w3id.org/ldes/specification and https://w3id.org/tree/specification. A member is a version of
an event. Its IRI has the hash of what is said, so an event that is corrected is another member, and the later
one counts. Its date is the last on which the event can have happened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from ...project import current, in_language
from ...rdf.namespaces import DATASET, DCTERMS, PREFIXES, TYPE, XSD
from ...rdf.ntriples import escape
from ...tables.document import Description, Document

ROOT = "stream.ttl"
_IRI = f"<{DATASET.value}#events>"
_LDES, _TREE = "https://w3id.org/ldes#", "https://w3id.org/tree#"
_DATE, _VERSION_OF = f"<{DCTERMS}date>", f"<{DCTERMS}isVersionOf>"
_DAYS = tuple(f"<{PREFIXES['msc']}{name}>" for name in ("date", "latest"))


def files(documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """Yield the first page, which leads to the others, and a page for each month; nothing without events."""
    months: dict[str, list[tuple[str, Description]]] = {}
    parts = {id(each.rows): each for each in documents if each.rows}.values()
    for document in parts:
        for event in document.descriptions.values():
            if event.row.table.name == "events.csv":
                day = _day(event)
                months.setdefault(day[:7], []).append((day, event))
    if months:
        yield ROOT, _root(sorted(months)).encode()
    for month, events in months.items():
        events.sort(key=lambda dated: (dated[0], dated[1].subject))
        yield f"stream/{month}.ttl", "".join(_page(events)).encode()


def _root(months: list[str]) -> str:
    """Return the description of the stream, and the relations that lead to the months."""
    title = escape(in_language(current().name, "en"))
    lines = [
        f"{_IRI} a <{_LDES}EventStream> ;",
        f'    <{DCTERMS}title> "{title}: events"@en ;',
        f"    <{_LDES}timestampPath> {_DATE} ;",
        f"    <{_LDES}versionOfPath> {_VERSION_OF} ;",
        f"    <{_TREE}view> <> .",
        f"<> a <{_TREE}Node> .",
    ]
    for month, after in zip(months, [*months[1:], ""], strict=True):
        lines += _relation("GreaterThanOrEqualTo", month, month)
        if after:
            lines += _relation("LessThan", month, after)
    return "\n".join(lines) + "\n"


def _relation(kind: str, month: str, value: str) -> list[str]:
    return [
        f"<> <{_TREE}relation> [ a <{_TREE}{kind}Relation> ;",
        f"    <{_TREE}node> <stream/{month}.ttl> ; <{_TREE}path> {_DATE} ;",
        f"    <{_TREE}value> {_instant(value + '-01')} ] .",
    ]


def _page(events: Iterable[tuple[str, Description]]) -> Iterator[str]:
    yield f"<> a <{_TREE}Node> .\n{_IRI} <{_TREE}view> <../{ROOT}> .\n"
    for day, event in events:
        said = [(str(TYPE), term) for term in event.types] + event.properties
        digest = hashlib.sha256("".join(sorted(event.lines())).encode()).hexdigest()[:16]
        member = f"{event.subject[:-1]}#{digest}>"
        said = [(_VERSION_OF, event.subject), (_DATE, _instant(day)), *said]
        lines = " ;\n    ".join(f"{predicate} {term}" for predicate, term in said)
        yield f"{_IRI} <{_TREE}member> {member} .\n{member} {lines} .\n"


def _day(event: Description) -> str:
    """Return the last day on which an event can have happened."""
    values = event.values()
    return next(values[name][0] for name in _DAYS if name in values)[1:11]


def _instant(day: str) -> str:
    return f'"{day}T00:00:00Z"^^<{XSD}dateTime>'
