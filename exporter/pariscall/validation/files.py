"""Validation of files and other sources: in blocks where they are plain, else whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from ..errors import EmptyError, NothingValidatedError
from ..io.memory import no_collection
from ..rdf.reader import DEFAULT, InputOptions, RdfFile, open_inputs
from .blocks.validation import validate_blocks
from .report import Report
from .validate import Choices, validate_rdf


@no_collection()
def validate_files(
    names: Sequence[str | Path],
    shapes: Sequence[str] = (),
    engine: str = "oxigraph",
    *,
    options: InputOptions = DEFAULT,
    **choices: Unpack[Choices],
) -> Report:
    """Validate RDF files and other sources, as ``validate_rdf`` does.

    Large files of N-Triples and N-Quads that are grouped by subject are judged in blocks. The report is
    that of the whole, which judges everything else.

    Raises:
        RdfError: if a file cannot be used.
        NothingValidatedError: if a file is empty.
    """
    report = validate_blocks(names, shapes, engine, options, choices)
    if report is None:
        return validate_rdf(_open_files(names, options), shapes, engine, **choices)
    return report


def _open_files(names: Sequence[str | Path], options: InputOptions) -> list[RdfFile]:
    try:
        return open_inputs(names, options)
    except EmptyError as error:
        raise NothingValidatedError(str(error)) from None
