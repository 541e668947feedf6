"""A list in CSV, with the candidates of each of its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import MisuseError, UnreadableError, did_you_mean, relative
from .matching import Candidate, Matcher

ADDED = ("match_iri", "match_name", "match_score", "match")
_ENCODING = "utf-8-sig"
_LARGEST = 32 * 1024 * 1024  # bytes


def match_list(
    path: Path, columns: tuple[str, str, str], limit: int = 3, *, is_sure: bool = False
) -> str:
    """Return a CSV of the rows of a list, once for each candidate, with four columns more.

    ``columns`` are those of the name, the country and the website; the last two may be missing. With
    ``is_sure``, only what is surely meant is a candidate.

    Raises:
        MisuseError: if the list has no column of that name.
        UnreadableError: if the file is no list.
    """
    records = _records(path)
    header = list(records[0]) if records else []
    name, country, website = columns
    if records and name not in header:
        raise MisuseError(
            f"{relative(path)}:1: there is no column {name!r}.{did_you_mean(name, header)} "
            "Name it with --name."
        )
    matcher = Matcher()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*header, *ADDED])
    for record in records:
        found = matcher.match(
            record[name], "party", record.get(country, ""), record.get(website, ""), limit
        )
        for cells in _cells(found, is_sure=is_sure):
            writer.writerow([*record.values(), *cells])
    return text.getvalue()


def _cells(found: list[Candidate], *, is_sure: bool) -> Iterator[tuple[str, ...]]:
    kept = [each for each in found if each.is_match] if is_sure else found
    for each in kept:
        is_match = "true" if each.is_match else "false"
        yield each.thing.iri, each.thing.name, f"{each.score:g}", is_match
    if not kept:
        yield ("",) * len(ADDED)


def _records(path: Path) -> list[Mapping[str, str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(f"{relative(path)}: is larger than 32 MB. Cut it into parts.")
        text = path.read_text(encoding=_ENCODING)
    except OSError as error:
        raise UnreadableError(f"{relative(path)}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"{relative(path)}: not UTF-8. Save the file as UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Mapping[str, str]] = []
    try:
        header = next(reader, [])
        for cells in reader:
            if len(cells) != len(header):
                problem = f"{len(cells)} cells instead of {len(header)}"
                raise UnreadableError(f"{relative(path)}:{reader.line_num}: {problem}.")
            records.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise UnreadableError(f"{relative(path)}:{reader.line_num}: not CSV: {error}.") from None
    return records
