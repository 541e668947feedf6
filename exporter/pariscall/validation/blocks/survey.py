"""A survey of blocks: all that must be known of files before a block of them is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Quad

from ...rdf.blocks import BlockFile, NeedsWholeError, Triple
from ...rdf.namespaces import VOCABULARY
from ..datatypes import ill_typed_in, is_ill_typed
from ..shacl.look.terms import Description, Statements, spell
from ..shacl.look.view import SUBCLASS, TYPE
from ..shacl.result import ValidationResult
from ..shacl.shapes import Shape
from .index import Index
from .statements import statements_of


class BlockSurvey:
    """What is found in blocks: how much there is, what is in use, and what is ill-typed.

    ``met`` are the subjects and ``named`` the objects among the nodes of ``interest``; ``ordering`` says
    which classes are below others; ``uses_terms`` whether a term of our vocabulary is in use.
    """

    def __init__(self, interest: frozenset[str]) -> None:
        self.triples = self.subjects = 0
        self.predicates: set[str] = set()
        self.classes: set[str] = set()
        self.met: set[str] = set()
        self.named: set[str] = set()
        self.ordering: dict[str, Description] = {}
        self.ill_typed: list[ValidationResult] = []
        self.uses_terms = False
        self._interest = interest

    def add(self, triples: list[Triple], statements: Statements) -> None:
        """Survey a block: its triples, and the same by subject."""
        self.triples += len(triples)
        self.subjects += len(statements)
        for subject, said in statements.items():
            self.predicates.update(said)
            self.classes.update(said.get(TYPE, ()))
            if SUBCLASS in said:
                self.ordering[subject] = said
        objects = {term for _, _, term in triples}
        self.met |= self._interest & statements.keys()
        self.named |= self._interest & objects
        if not self.uses_terms:
            terms = (*statements, *self.predicates, *objects)
            self.uses_terms = any(term.startswith(f"<{VOCABULARY}") for term in terms)
        if bad := set(filter(is_ill_typed, objects)):
            self.ill_typed += _ill_typed_triples(triples, bad)


def _ill_typed_triples(triples: Iterable[Triple], bad: set[str]) -> Iterator[ValidationResult]:
    """Yield a result for each triple with a bad object, however often it is written."""
    for subject, predicate, term in triples:
        if term in bad:
            yield from ill_typed_in({subject: {predicate: [term]}})


def surveyed(
    files: Sequence[BlockFile], index: Index, shapes: Iterable[Shape], described: Iterable[Quad]
) -> BlockSurvey:
    """Survey and index the blocks of files; ``described`` is what they may describe anew.

    Raises:
        NeedsWholeError: if a file is not plain or not grouped by subject, if there are no triples, or
            if several files have blank nodes, whose labels are those of each file.
    """
    survey = BlockSurvey(frozenset(_interest(shapes, described)))
    for file in files:
        for block in file.blocks():
            if len(files) > 1 and b"_:" in block.text:
                raise NeedsWholeError("several files with blank nodes")
            triples = file.triples(block.text)
            statements = statements_of(triples)
            index.add(block, statements)
            survey.add(triples, statements)
    if not survey.triples:
        raise NeedsWholeError("no triples")
    index.finish()
    return survey


def _interest(shapes: Iterable[Shape], described: Iterable[Quad]) -> Iterator[str]:
    for shape in shapes:
        for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"):
            yield from map(spell, shape.all(name))
    for quad in described:
        yield spell(quad.subject)
