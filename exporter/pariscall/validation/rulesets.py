"""A rule set: the shapes that a validation applies, read and found sound.

A set that comes with the package is named; a file of one's own is linted first, and each of
its shapes must find something to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ..errors import (
    EmptyError,
    MisuseError,
    NothingValidatedError,
    RdfError,
    ShapesError,
    did_you_mean,
)
from ..rdf.namespaces import PREFIXES
from ..rdf.prefixes import Prefixes
from ..rdf.reader import STANDARD_INPUT, RdfFile, open_file, open_inputs, read_files
from ..rdf.vocabulary import vocabulary
from .coverage import Reach
from .locations.location import Location, SourceText
from .locations.rdf import RdfFileLocator
from .shacl.lint import Problem, find_not_run, find_problems, find_unfollowed_imports
from .shacl.result import Term, in_language
from .shacl.rules import Rules
from .shacl.shapes import Shape
from .shape_files import PUBLISHED, SETS, project_shapes
from .unmapped import find_unmapped

_SHOWN_PROBLEMS = 20
Located = tuple[Location, str]


def published_rules() -> RuleSet:
    """Read the shapes that are to hold of what the project publishes, its own among them.

    Raises:
        ShapesError: if shapes of the project cannot be read or are broken, with every problem.
    """
    return open_rules([*PUBLISHED, *map(str, project_shapes())])


def read_shapes(names: Iterable[str]) -> list[Quad]:
    """Read the shapes of bundled sets."""
    return read_files(_files_of(names))


@dataclass(frozen=True)
class RuleSet:
    """Shapes to validate against: bundled sets by name, and files of one's own."""

    bundled: Sequence[str]
    files: Sequence[RdfFile]
    prefixes: Mapping[str, str]

    def locate(self, shape: Term) -> Location:
        """Return where a shape is written, or the beginning of the first file of shapes."""
        found = (file.subject(shape) for file in self._locators)
        return next((location for location in found if location), Location(self._sources[0].name))

    @cached_property
    def _sources(self) -> list[RdfFile]:
        return [*map(open_file, _files_of(self.bundled)), *self.files]

    @cached_property
    def _locators(self) -> list[RdfFileLocator]:
        return [RdfFileLocator(file) for file in self._sources]

    @cached_property
    def rules(self) -> Rules:
        """The rules of the shapes."""
        quads = (quad for file in self._sources for quad in file.quads)
        return Rules(quads, Prefixes.preferring(self.prefixes))

    def unfollowed_imports(self) -> list[Located]:
        """Return what files of one's own import and nobody named, each with its place."""
        return self._located(find_unfollowed_imports)

    @cached_property
    def not_run(self) -> list[Located]:
        """The constraints that no engine here runs, each with its place."""
        return self._located(find_not_run)

    def check_run(self) -> None:
        """Check that an engine here runs every constraint.

        Raises:
            ShapesError: if not, with the places.
        """
        if problems := [f"{location}: {text}" for location, text in self.not_run]:
            raise ShapesError(*problems, "--allow-not-run goes on without them.")

    def _located(self, find: Callable[[Collection[Quad]], Iterable[Problem]]) -> list[Located]:
        shapes = [quad for file in self.files for quad in file.quads]
        locators = [RdfFileLocator(file) for file in self.files]
        return [
            (_location(problem, locators) or Location(self.files[0].name), problem.text)
            for problem in find(shapes)
        ]

    def names(self) -> list[str]:
        """Name the rules that are applied."""
        return [self.rules.name(shape.node) for shape in self.rules.graph.reporting()]

    def check_reach(
        self, reach: Reach, needed: Collection[str], allow_empty: Sequence[str] = ()
    ) -> None:
        """Check that there is something to look at.

        Every shape of one's own must reach a node of the data, and of the bundled sets those
        that are needed, each by one shape at least. ``allow_empty`` names shapes or sets that
        need not: by IRI, by short name, or by a pattern with ``*``.

        Raises:
            NothingValidatedError: if a target is empty.
        """
        problems = [
            self._empty(file, shape)
            for file in self.files
            for shape in self._of(file.quads)
            if not (reach.reaches(shape) or self._is_allowed(shape, allow_empty))
        ]
        problems += [
            f"no shape of the set {name} found anything to look at. "
            "Check the namespaces and the classes of the data."
            for name in needed
            if name not in allow_empty and not reach.reaches_any(self._of(read_shapes([name])))
        ]
        if problems:
            raise NothingValidatedError(*problems)

    def check_names(self, allow_empty: Iterable[str]) -> None:
        """Check that every name of ``--allow-empty`` means something.

        Raises:
            MisuseError: if one does not.
        """
        shapes = self.rules.graph.targeted()
        for name in allow_empty:
            if name not in self.bundled and not any(self._is_allowed(s, [name]) for s in shapes):
                raise MisuseError(f"--allow-empty {name}: there is no such shape.")

    def _of(self, shapes: Iterable[Quad]) -> list[Shape]:
        """Return the shapes with a target that are among some triples."""
        subjects = {quad.subject for quad in shapes}
        return [shape for shape in self.rules.graph.targeted() if shape.node in subjects]

    def _is_allowed(self, shape: Shape, patterns: Sequence[str]) -> bool:
        iri = shape.node.value if isinstance(shape.node, NamedNode) else ""
        spellings = (iri, f"<{iri}>", self.rules.name(shape.node))
        return any(fnmatchcase(name, pattern) for name in spellings for pattern in patterns)

    def _empty(self, file: RdfFile, shape: Shape) -> str:
        name = self.rules.name(shape.node)
        location = RdfFileLocator(file).subject(shape.node) or file.name
        return (
            f"{location}: the target of {name} matches no node of the data. "
            f"Correct it, or say --allow-empty '{name}'."
        )


def open_rules(names: Sequence[str], prefixes: Mapping[str, str] = PREFIXES) -> RuleSet:
    """Read shapes: bundled sets by name, other files by path, and look for what is wrong.

    Their IRIs are shortened with the prefixes of their files, and with others if they have none.

    Raises:
        ShapesError: if a file cannot be read or its shapes are broken, with every problem.
        NothingValidatedError: if a file is empty, or no shape has a target.
    """
    own = [file for name in names if name not in SETS for file in _open(name)]
    declared = {prefix: iri for file in own for prefix, iri in file.prefixes.items()}
    rules = RuleSet([name for name in names if name in SETS], own, {**prefixes, **declared})
    problems = list(dict.fromkeys(_problems(own, rules.rules)))
    if len(problems) > _SHOWN_PROBLEMS:
        problems[_SHOWN_PROBLEMS:] = [f"and {len(problems) - _SHOWN_PROBLEMS} more problems"]
    if problems:
        raise ShapesError(*problems)
    if not rules.rules.graph.targeted():
        raise NothingValidatedError("no shape has a target and is active: nothing to validate.")
    return rules


def _problems(files: Sequence[RdfFile], rules: Rules) -> Iterator[str]:
    """Describe what is wrong with shapes of one's own, and where."""
    if files:
        for file in files:
            source = SourceText(file.name, file.text)
            for found in find_unmapped(file):
                yield f"{source.location(*found.span)}: {in_language(found.messages, 'en')}"
        locations = [RdfFileLocator(file) for file in files]
        own = [quad for file in files for quad in file.quads]
        defined = {quad.subject for quad in vocabulary()}
        for problem in find_problems(rules.graph, own, defined, rules.prefixes):
            yield f"{_location(problem, locations) or 'shapes'}: {problem.text}"


def _location(problem: Problem, locations: Iterable[RdfFileLocator]) -> Location | None:
    subject, predicate, term = problem.subject, problem.predicate, problem.object
    found = (
        *(file.statement(subject, predicate, term) for file in locations if predicate),
        *(file.subject(subject) for file in locations),
    )
    return next((location for location in found if location), None)


def _files_of(names: Iterable[str]) -> list[Path]:
    """Return the files of bundled sets, each once."""
    return list(dict.fromkeys(file for name in names for file in SETS[name]))


def _open(name: str) -> list[RdfFile]:
    if not Path(name).suffix and not Path(name).exists() and name != STANDARD_INPUT:
        problem = f"neither a file nor one of the sets {', '.join(SETS)}."
        raise ShapesError(f"{name}: {problem}{did_you_mean(name, SETS)}")
    try:
        return open_inputs([name])
    except EmptyError as error:
        raise NothingValidatedError(str(error)) from None
    except RdfError as error:
        raise ShapesError(str(error)) from None
