"""A view: what a look knows of the data, to which documents are added and taken from again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ....rdf.namespaces import RDF, RDFS
from .terms import Description, Statements

TYPE = f"<{RDF}type>"
SUBCLASS = f"<{RDFS}subClassOf>"
NOTHING: Description = {}


class View:
    """The statements that are known, by subject and predicate, each once.

    ``incoming`` has, for each predicate that is followed backwards, the subjects of each object.
    ``version`` is another number whenever something else is known.
    """

    def __init__(self) -> None:
        self.said: dict[str, Description] = {}
        self.incoming: dict[str, dict[str, list[str]]] = {}
        self.version = 0
        self._below: dict[str, set[str]] = {}
        self._parents: dict[str, dict[str, None]] = {}
        self._shown: list[tuple[str, Description | None]] = []
        self._entered: list[tuple[dict[str, list[str]], str]] = []

    def backwards(self, predicate: str) -> Mapping[str, Sequence[str]]:
        """Return the subjects of each object of a predicate, which the view keeps up to date."""
        return self.incoming.setdefault(predicate, {})

    def below(self, parent: str) -> set[str]:
        """Return a class and all classes below it, which the view keeps up to date."""
        if parent not in self._below:
            self._below[parent] = self._classes_below(parent)
        return self._below[parent]

    def add(self, statements: Statements) -> None:
        """Add what is to stay known."""
        self._enter(statements)
        if any(SUBCLASS in said for said in statements.values()):
            self._order(statements)

    def show(self, document: Statements) -> None:
        """Add a document until it is hidden; it must not order classes.

        Raises:
            ValueError: if another one is shown, or it orders classes.
        """
        if self._shown or any(SUBCLASS in said for said in document.values()):
            raise ValueError("one document at a time, and none that orders classes")
        self._shown = [(subject, self.said.get(subject)) for subject in document]
        self._entered = self._enter(document)

    def hide(self) -> None:
        """Take the document that is shown out again."""
        self.version += 1
        for subject, before in self._shown:
            if before is None:
                del self.said[subject]
            else:
                self.said[subject] = before
        for subjects_of, term in self._entered:
            subjects_of[term].pop()
            if not subjects_of[term]:
                del subjects_of[term]
        self._shown, self._entered = [], []

    def _enter(self, statements: Statements) -> list[tuple[dict[str, list[str]], str]]:
        """Add statements; return which lists of subjects have one more now."""
        known, entered = self.said, []
        self.version += 1
        for subject, said in statements.items():
            before = known.get(subject)
            known[subject] = said if before is None else merged(before, said)
            for predicate, subjects_of in self.incoming.items():
                for term in said.get(predicate, ()):
                    if before is None or term not in before.get(predicate, ()):
                        subjects_of.setdefault(term, []).append(subject)
                        entered.append((subjects_of, term))
        return entered

    def _order(self, statements: Statements) -> None:
        for subject, said in statements.items():
            for parent in said.get(SUBCLASS, ()):
                self._parents.setdefault(parent, {})[subject] = None
        for parent in self._below:
            self._below[parent].update(self._classes_below(parent))

    def _classes_below(self, parent: str) -> set[str]:
        return set(reached([parent], lambda name: self._parents.get(name, ())))


def merged(one: Description, other: Description) -> Description:
    """Return two descriptions of a node as one, each value once."""
    return {
        predicate: list(dict.fromkeys([*one.get(predicate, ()), *other.get(predicate, ())]))
        for predicate in {**one, **other}
    }


def united(documents: Iterable[Statements]) -> Statements:
    """Return what documents say, also of nodes that several of them describe."""
    found: dict[str, Description] = {}
    for document in documents:
        for subject, said in document.items():
            found[subject] = merged(found[subject], said) if subject in found else said
    return found


def reached(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> dict[str, None]:
    """Return the terms that any number of steps reach, beginning with none."""
    found = dict.fromkeys(start)
    waiting = list(found)
    while waiting:
        for term in step(waiting.pop()):
            if term not in found:
                found[term] = None
                waiting.append(term)
    return found
