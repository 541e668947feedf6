"""A shape as the compiler leaves it: its path, and the tests that its values must pass."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from ..result import Term
from .paths import Path
from .terms import Description

Values = Collection[str]
ValueTest = Callable[[str], bool]
Conforms = Callable[[str, Description], bool]


@dataclass(frozen=True)
class SetTest:
    """A test of the focus node, its description and all values.

    It fails only with so many values (``least``) and, if ``other`` is a predicate, only if the node has it.
    """

    passes: Callable[[str, Description, Values], bool]
    least: int = 0
    other: str | None = None


@dataclass
class Compiled:
    """What a shape demands of a node.

    ``tests`` are of the text of each value, ``looks`` of what is said of it too, ``sets`` of all values;
    ``property_tests`` are those of the ``properties``. ``most`` is None without a limit. ``reads``
    says that the description of the node matters, and ``reads_values`` that those of its values do,
    ``has_inner`` that there are shapes within it, and ``inner_depth`` how far these look.
    """

    node: Term
    path: Path | None = None
    least: int = 0
    most: int | None = None
    tests: list[ValueTest] = field(default_factory=list)
    looks: list[ValueTest] = field(default_factory=list)
    sets: list[SetTest] = field(default_factory=list)
    properties: list[Compiled] = field(default_factory=list)
    property_tests: list[ValueTest] = field(default_factory=list)
    reads_values: bool = False
    has_inner: bool = False
    inner_depth: float = 0

    @property
    def reads(self) -> bool:
        """Whether more than the term of a node matters."""
        return self.path is not None or self.reads_values or bool(self.sets)

    @property
    def depth(self) -> float:
        """How many steps away from the focus node descriptions matter, which may be infinite."""
        return (self.path.length if self.path else 0) + self.inner_depth

    @property
    def demands_of_node(self) -> bool:
        """Whether anything is demanded besides that properties conform."""
        is_counted = self.least > 0 or self.most is not None
        return is_counted or bool(self.tests or self.looks or self.sets)

    def without_properties(self) -> Compiled:
        """Return the same demands but those of properties."""
        return replace(self, properties=[], property_tests=[])

    def check_number(self, least: int, most: int | None) -> None:
        """Demand a number of values, besides what is demanded already."""
        self.least = max(self.least, least)
        if most is not None:
            self.most = most if self.most is None else min(self.most, most)

    def conforms(self) -> Conforms:
        """Return the function that tells whether a node conforms."""
        least, most = self.least, self.most
        tests = (*self.tests, *self.looks, *self.property_tests)
        walk = self.path.walk if self.path else None
        sets = tuple(test.passes for test in self.sets)

        def conforms(node: str, said: Description) -> bool:
            values = walk(node, said) if walk else (node,)
            if len(values) < least or (most is not None and len(values) > most):
                return False
            for value in values:
                for test in tests:
                    if not test(value):
                        return False
            for passes in sets:  # noqa: SIM110 all() costs twice as much
                if not passes(node, said, values):
                    return False
            return True

        return conforms
