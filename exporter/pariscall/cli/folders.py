"""Folders that options name, on this machine or, by an address, in an object store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import printable
from ..io.storage import has_scheme


def with_its_project(folder: Path | None) -> Path | None:
    """Return a folder of tables; if it has a project file, work on that project."""
    from ..project import is_chosen, read_project, select
    from ..project_file import NAME

    if folder and (folder / NAME).is_file() and not is_chosen():
        select(folder)
        return read_project(folder / NAME).tables
    return folder


class PathOrAddress(click.Path):
    """A path, or a text that is an address as fsspec knows them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or the address as it is."""
        if isinstance(value, str) and has_scheme(value):
            return value
        return super().convert(value, param, ctx)


def take_tables(
    _context: click.Context, _option: click.Parameter, place: Path | str | None
) -> Path | None:
    """Return the folder of tables that is named; of one in an object store, a copy."""
    if isinstance(place, str):
        from ..tables.copies import copy_of

        place = copy_of(place)
    return with_its_project(place)


def refuse_address(_context: click.Context, _option: click.Parameter, place: Path | str) -> Path:
    """Return a folder that is named, or refuse an address.

    Raises:
        click.UsageError: if it is one.
    """
    if isinstance(place, str):
        raise click.UsageError(
            f"{printable(place)}: this is written to a folder of this machine, from where you can copy it. "
            "Only pariscall export --partitioned writes to an address."
        )
    return place
