"""Validation of what a Python program has: the bundled tables, paths, text, graphs, stores."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeGuard

from ..errors import EmptyError, MisuseError, NothingValidatedError
from ..io.memory import no_collection
from ..rdf.inputs import Data, are_files, open_data, paths_of
from ..rdf.reader import InputOptions
from ..tables.csvw import METADATA
from .files import validate_files
from .report import Report
from .validate import validate_rdf, validate_tables


@no_collection()
def validate_data(  # noqa: PLR0913 as validate_files
    source: Data | None,
    format_name: str | None,
    shapes: Sequence[str],
    engine: str,
    *,
    allow_empty: Sequence[str],
    allow_unmapped: bool,
) -> Report:
    """Validate the bundled tables, a folder of tables, or RDF as a Python program has it.

    Files that are named by their paths are validated as the command does, large ones in blocks.

    Raises:
        PariscallError: as ``validate_tables``, ``validate_rdf`` and ``open_data``.
    """
    if source is None and format_name is not None:
        raise MisuseError("format is the format of data. Call to(...) on the report.")
    if source is None:
        return validate_tables(shapes=shapes, engine=engine, allow_empty=allow_empty)
    if format_name is None and _is_folder_of_tables(source):
        return validate_tables(Path(source), shapes, engine, allow_empty=allow_empty)
    options = InputOptions(format_name)
    if are_files(source, options):
        return validate_files(
            paths_of(source),
            shapes,
            engine,
            options=options,
            allow_empty=allow_empty,
            allow_unmapped=allow_unmapped,
        )
    try:
        files = open_data(source, options)
    except EmptyError as error:
        raise NothingValidatedError(str(error)) from None
    return validate_rdf(
        files, shapes, engine, allow_empty=allow_empty, allow_unmapped=allow_unmapped
    )


def _is_folder_of_tables(source: Data) -> TypeGuard[str | os.PathLike[str]]:
    try:
        return isinstance(source, str | os.PathLike) and (Path(source) / METADATA).is_file()
    except OSError:  # a text that is too long for a path
        return False
