"""Large shapes take a time that grows with their size, and end no process."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pariscall.validation.files import validate_files
from support.shacl import PREFIXES, on_values

pytestmark = pytest.mark.slow

TARGET = "ex:S a sh:NodeShape ; sh:targetClass ex:T ;"


def codes(number: int) -> str:
    return on_values("sh:in ( " + " ".join(f"'c{code}'" for code in range(number)) + " )")


def alternatives(number: int) -> str:
    shapes = " ".join(
        f"[ sh:property [ sh:path ex:p ; sh:hasValue 'c{n}' ] ]" for n in range(number)
    )
    return f"{TARGET} sh:or ( {shapes} ) ."


def properties(number: int) -> str:
    shapes = " , ".join(f"[ sh:path ex:p{n} ; sh:maxCount 1 ]" for n in range(number))
    return f"{TARGET} sh:property {shapes} ."


def doubled(number: int) -> str:
    shapes = "".join(f"ex:S{n} sh:and ( ex:S{n + 1} ex:S{n + 1} ) ." for n in range(number))
    return f"{TARGET} sh:and ( ex:S0 ex:S0 ) . {shapes} ex:S{number} sh:nodeKind sh:IRI ."


def doubled_properties(number: int) -> str:
    inner = "[ sh:path ex:next ; sh:node ex:S{0} ]"
    shapes = "".join(
        f"ex:S{n} sh:property {inner} , {inner} .".format(n + 1) for n in range(number)
    )
    return f"{TARGET} sh:node ex:S0 . {shapes} ex:S{number} sh:nodeKind sh:IRI ."


@pytest.mark.parametrize(
    ("shapes", "number"),
    [
        (codes, 100_000),
        (alternatives, 5_000),
        (properties, 5_000),
        (doubled, 40),
        (doubled_properties, 30),
    ],
)
def test_large_shapes_are_judged(tmp_path: Path, shapes: Callable[[int], str], number: int) -> None:
    data, file = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(PREFIXES + "ex:a a ex:T ; ex:p 'c1' ; ex:next ex:a .", encoding="utf-8")
    file.write_text(PREFIXES + shapes(number), encoding="utf-8")
    start = time.process_time()
    assert validate_files([data], [str(file)]).conforms
    assert time.process_time() - start < 10  # on a busy machine; it takes one or two
