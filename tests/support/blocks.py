"""Data as plain files, and what is found in them block by block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from pariscall.rdf.blocks import BlockFile
from pariscall.rdf.formats import format_of
from pariscall.validation.blocks.index import Index
from pariscall.validation.blocks.judge import BlockJudge
from pariscall.validation.blocks.survey import surveyed
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult, in_order


def lines_of(quads: Iterable[Quad]) -> list[str]:
    """Return the lines of N-Triples of some triples, sorted as ``sort`` does."""
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
    return sorted({f"{line}\n" for line in text.decode().split("\n") if line})


def read_lines(lines: Iterable[str]) -> list[Quad]:
    """Read lines of N-Triples; blank nodes keep their labels."""
    return list(parse("".join(lines), format=RdfFormat.N_TRIPLES))


def judge_in_blocks(
    engine: OxigraphEngine, paths: Sequence[Path], context: Sequence[Quad] = ()
) -> list[ValidationResult]:
    """Return the results of files that are judged in blocks."""
    with ExitStack() as stack:
        files = [
            BlockFile(path, path.name, format_of(path), number)  # type: ignore[arg-type]
            for number, path in enumerate(paths)
        ]
        for file in files:
            stack.callback(file.close)
        index = Index(files, engine.look(is_streaming=True).footprint().backwards)
        stack.callback(index.close)
        survey = surveyed(files, index, (), context)
        return in_order(BlockJudge(engine, files, index, survey, context).judge())
