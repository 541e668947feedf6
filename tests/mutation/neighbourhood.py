"""What the shapes find anew around a change: they look no further than two steps from it.

To validate all of the data for each mutant would take an hour. What is found in a neighbourhood is
compared with what is found in the same neighbourhood of the sound data, so that nothing counts as
caught because something is out of sight; what lies further away would count as missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from pariscall.rdf.namespaces import RDF
from pariscall.rdf.vocabulary import vocabulary
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult
from pariscall.validation.shape_files import SETS

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = NamedNode(RDF + "type")


class Neighbourhood:
    """The sound graph, by subject and by object, and the engine that looks at parts of it."""

    def __init__(self, sound: Iterable[Quad]) -> None:
        self._sound = set(sound)
        self._about: dict[Term, set[Quad]] = defaultdict(set)
        self._towards: dict[Term, set[Term]] = defaultdict(set)
        for quad in self._sound:
            self._about[_subject(quad)].add(quad)
            if quad.predicate != _TYPE and isinstance(quad.object, NamedNode):
                self._towards[quad.object].add(_subject(quad))
        self._engine = OxigraphEngine(read_shapes(SETS))
        self._set_of: dict[Term, str] = {
            quad.subject: name for name in SETS for quad in read_shapes([name])
        }

    def found_instead(self, quads: Iterable[Quad]) -> set[tuple[str, str]]:
        """Give what is found anew in another graph: set of shapes and shape."""
        other = set(quads)
        return self.found(list(self._sound - other), list(other - self._sound))

    def found(self, removed: Sequence[Quad], added: Sequence[Quad]) -> set[tuple[str, str]]:
        """Give what is found anew if some triples go and others come: set of shapes and shape."""
        seen = self._seen([*removed, *added])
        before = {quad for subject in seen for quad in self._about.get(subject, ())}
        after = (before - set(removed)) | set(added)
        new = set(self._findings(after)) - set(self._findings(before))
        return {(self._set_of[finding.shape], str(finding.shape)) for finding in new}

    def _findings(self, quads: Iterable[Quad]) -> list[ValidationResult]:
        return self._engine.validate([*vocabulary(), *quads])

    def _seen(self, changed: Sequence[Quad]) -> set[Term]:
        """Give the subjects up to two steps from those of a change."""
        changed_subjects = {_subject(quad) for quad in changed}
        near = changed_subjects | {quad.object for quad in changed}
        for subject in changed_subjects:
            near |= self._towards.get(subject, set())
        for _ in range(2):
            near |= {quad.object for subject in near for quad in self._about.get(subject, ())}
        return near


def _subject(quad: Quad) -> Term:
    assert isinstance(quad.subject, NamedNode)
    return quad.subject
