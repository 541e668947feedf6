"""Traces: what is kept of documents that were looked at, so that after a change only some are again.

A look at a document depends on what the shapes follow from it, and on nothing else (``look.survey``).
So those are looked at again that changed, did not pass, or see what changed, as many steps away as
the shapes look. Where a query compares values that may be written differently, a look never passes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..io.cache import Cache
from .shacl.look.survey import Footprint
from .shacl.look.terms import Statements
from .shacl.look.view import SUBCLASS, united

_CACHE = Cache("traces", 20)


@dataclass(frozen=True)
class Trace:
    """What is kept of a document: its digest, the nodes by which others see it, and whether it orders classes."""

    digest: str
    nodes: Sequence[str]
    orders_classes: bool


@dataclass(frozen=True)
class LastRun:
    """What is kept of a run: the traces of its documents, by name, and the names of those that did not pass."""

    traces: Mapping[str, Trace] = field(default_factory=dict)
    failed: Collection[str] = ()

    @classmethod
    def find(cls, key: str) -> LastRun:
        """Return the last run with a key; one without documents if there was none."""
        content = _CACHE.find(key)
        if content is None:
            return cls()
        traces, failed = json.loads(content)
        return cls({name: Trace(*values) for name, values in traces.items()}, set(failed))

    def keep(self, key: str) -> None:
        """Keep this for the next run with the same key."""
        traces = {
            name: (trace.digest, trace.nodes, trace.orders_classes)
            for name, trace in self.traces.items()
        }
        _CACHE.keep(key, json.dumps([traces, sorted(self.failed)]).encode())


class Changes:
    """What has changed in documents since the last run.

    A document has the name of the node that it describes first; those of one name are one.
    ``predicates`` are those in use.
    """

    def __init__(
        self,
        documents: Iterable[Statements],
        footprint: Footprint,
        predicates: Collection[str],
        last: LastRun,
    ) -> None:
        self._documents = _by_name(documents)
        self._footprint, self._last = footprint, last
        self._follows = footprint.followed | footprint.objects
        self._common = footprint.named | footprint.constants
        if footprint.reads_predicates:
            self._common = self._common.union(predicates)
        self.traces = {name: self._trace(name, said) for name, said in self._documents.items()}

    def again(self) -> dict[str, Statements]:
        """Return the documents that a look may judge otherwise than in the last run."""
        before, now = self._last.traces, self.traces
        # A trace that is the same is the one that was kept.
        changed = [
            name for name in before.keys() | now.keys() if before.get(name) is not now.get(name)
        ]
        traces = [known[name] for name in changed for known in (before, now) if name in known]
        nodes = {node for trace in traces for node in trace.nodes}
        # Any document may see what orders classes, a predicate, and what the shapes name.
        if (
            not before
            or any(trace.orders_classes for trace in traces)
            or not nodes.isdisjoint(self._common)
        ):
            return self._documents
        seeing = self._seeing(nodes)
        if not seeing.isdisjoint(self._footprint.constants):
            return self._documents
        return {
            name: said
            for name, said in self._documents.items()
            if name in self._last.failed or not seeing.isdisjoint(said)
        }

    def _trace(self, name: str, document: Statements) -> Trace:
        digest = hashlib.blake2b(repr(document).encode(), digest_size=16).hexdigest()
        kept = self._last.traces.get(name)
        if kept is not None and kept.digest == digest:
            return kept
        followed_back = [
            term
            for said in document.values()
            for predicate in self._footprint.backwards.intersection(said)
            for term in said[predicate]
        ]
        orders_classes = any(SUBCLASS in said for said in document.values())
        return Trace(digest, list(dict.fromkeys([*document, *followed_back])), orders_classes)

    def _seeing(self, nodes: set[str]) -> set[str]:
        """Return some nodes, and those from which the shapes may look at them."""
        if not nodes:
            return nodes
        seeing_each = self._edges()
        level, seen, steps = nodes, set(nodes), 0
        while level and steps < self._footprint.depth:
            level = {other for node in level for other in seeing_each.get(node, ())} - seen
            seen |= level
            steps += 1
        return seen

    def _edges(self) -> Mapping[str, Sequence[str]]:
        """Return the nodes that see each node in one step."""
        seeing: dict[str, list[str]] = {}
        for document in self._documents.values():
            for node, said in document.items():
                for predicate in self._follows.intersection(said):
                    for term in said[predicate]:
                        seeing.setdefault(term, []).append(node)
                for predicate in self._footprint.backwards.intersection(said):
                    seeing.setdefault(node, []).extend(said[predicate])
        return seeing


def _by_name(documents: Iterable[Statements]) -> dict[str, Statements]:
    found: dict[str, list[Statements]] = {}
    for document in documents:
        if document:
            found.setdefault(next(iter(document)), []).append(document)
    return {name: united(alike) for name, alike in found.items()}
