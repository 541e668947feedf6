"""Validation of what a Python program has: the bundled tables, paths, text, graphs, stores."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeGuard

from ..errors import EmptyError, MisuseError, NothingValidatedError
from ..io.memory import no_collection
from ..rdf.inputs import Data, open_data
from ..rdf.reader import InputOptions
from ..tables.csvw import METADATA
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

    Raises:
        PariscallError: as ``validate_tables``, ``validate_rdf`` and ``open_data``.
    """
    if source is None and format_name is not None:
        raise MisuseError("format is the format of data. Call to(...) on the report.")
    if source is None:
        return validate_tables(shapes=shapes, engine=engine, allow_empty=allow_empty)
    if format_name is None and _is_folder_of_tables(source):
        return validate_tables(Path(source), shapes, engine, allow_empty=allow_empty)
    try:
        files = open_data(source, InputOptions(format_name))
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
