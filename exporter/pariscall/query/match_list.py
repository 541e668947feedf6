"""A list, with the candidates of each of its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from ..errors import MisuseError, TableError, did_you_mean, relative
from ..harvest.lists.source import read_grid
from .matching import Candidate, Matcher

ADDED = ("match_iri", "match_name", "match_score", "match")


def match_list(
    path: Path, columns: tuple[str, str, str], limit: int = 3, *, is_sure: bool = False
) -> str:
    """Return a CSV of the rows of a list, once for each candidate, with four columns more.

    The list is CSV, an .xlsx workbook or an .ods sheet, as for ``pariscall init``. ``columns`` are
    those of the name, the country and the website; the last two may be missing. With ``is_sure``,
    only what is surely meant is a candidate.

    Raises:
        MisuseError: if the list has no column of that name.
        TableError: if the file is no list.
    """
    file = relative(path)
    grid, problems = read_grid(file)
    if problems:
        raise TableError(problems)
    header = grid.header
    name, country, website = columns
    if name not in header:
        raise MisuseError(
            f"{file}:{grid.rows[0].number}: there is no column {name!r}."
            f"{did_you_mean(name, header)} Name it with --name."
        )
    matcher = Matcher()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*header, *ADDED])
    for line in grid.lines:
        record = dict(zip(header, line.cells, strict=True))
        found = matcher.match(
            record[name], "party", record.get(country, ""), record.get(website, ""), limit
        )
        for cells in _cells(found, is_sure=is_sure):
            writer.writerow([*line.cells, *cells])
    return text.getvalue()


def _cells(found: list[Candidate], *, is_sure: bool) -> Iterator[tuple[str, ...]]:
    kept = [each for each in found if each.is_match] if is_sure else found
    for each in kept:
        is_match = "true" if each.is_match else "false"
        yield each.thing.iri, each.thing.name, f"{each.score:g}", is_match
    if not kept:
        yield ("",) * len(ADDED)
