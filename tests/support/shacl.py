"""Small shapes and data for tests of the SHACL engine."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Quad, RdfFormat, parse

from pariscall.errors import ShapesError
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix dash: <http://datashapes.org/dash#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def read(turtle: str) -> list[Quad]:
    """Read Turtle with the usual prefixes."""
    return list(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


def on_values(constraint: str) -> str:
    """Return a shape that asks something of the values of ex:p, for every ex:T."""
    return (
        f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {constraint} ] ."
    )


def is_streamable(shapes: Sequence[Quad]) -> bool:
    """Report whether shapes are sound, and a look can tell all of them document by document."""
    try:
        return not OxigraphEngine(shapes).look(is_streaming=True).inexpressible
    except ShapesError:
        return False


def find(shapes: str, data: str) -> list[ValidationResult]:
    """Return what the fast engine finds."""
    return OxigraphEngine(read(shapes)).validate(read(data))


def values(shapes: str, data: str) -> list[str]:
    """Return the values that the fast engine finds at fault, each as often as it finds it."""
    return sorted(str(result.value) for result in find(shapes, data))
