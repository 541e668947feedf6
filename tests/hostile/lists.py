"""Broken lists of signatories, given to ``init`` and ``update``: nothing of them may be written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from pariscall.errors import PariscallError
from pariscall.harvest.lists.changes import Comparison, Decisions
from pariscall.harvest.lists.new_project import check_signatories
from pariscall.harvest.lists.reading import Choices, Reading, read_signatories
from pariscall.harvest.lists.source import read_grid
from pariscall.query.mapping_file import read_mappings
from pariscall.tables.csvw import SIGNATORIES, read_schema
from pariscall.tables.listing import read_listing
from support.list_project import make_project
from support.sheets import HEADER, PARTIES, write_open_document, write_workbook

from .registry import Try, hostile

Write = Callable[[Path], object]
_ROWS = "Name,Country,Signed\nPort of Koper,SVN,2026-03-01\n"
_MIB = 1 << 20


@hostile("lists")
def tries() -> Iterator[Try]:
    """Yield each broken list, given to ``init`` and to ``update``."""
    for name, (suffix, write) in _LISTS.items():
        for command in (_init, _update):
            work = partial(_tried, command, suffix, write)
            yield Try(f"{name}, {command.__name__[1:]}", work)
    for name, rows in _MAPPINGS.items():
        yield Try(f"mappings: {name}", partial(_read_mappings, rows), must_be_refused=False)
    yield Try(
        "mappings: a cell of megabytes",
        lambda: _read_mappings(f"{_COLUMNS}{'x' * (20 * _MIB)}\n"),
        must_be_refused=False,
    )


def _tried(command: Callable[[Path, Path], object], suffix: str, write: Write) -> None:
    """Give a list to a command, which refuses it and leaves the project as it was."""
    folder = Path(mkdtemp())
    path = folder / f"list-2026-09-01{suffix}"
    write(path)
    project = make_project(folder / "project")
    before = {each.name: each.read_bytes() for each in project.iterdir()}
    try:
        command(path, project)
    except PariscallError:
        assert {each.name: each.read_bytes() for each in project.iterdir()} == before
        raise


def _init(path: Path, _project: Path) -> Reading:
    grid, form = read_grid(str(path))
    reading = read_signatories(grid, form, Choices())
    check_signatories(reading, "2026-03-01", "2026-09-01")
    return reading


def _update(path: Path, project: Path) -> None:
    reading = _init(path, project)
    listing = read_listing(read_schema(project), project / SIGNATORIES)
    Comparison(listing, reading, Decisions()).check_is_the_list()


def _text(text: str | bytes) -> tuple[str, Write]:
    content = text.encode() if isinstance(text, str) else text
    return ".csv", lambda path: path.write_bytes(content)


def _sheet(*rows: Sequence[object], merged: str = "") -> tuple[str, Write]:
    return ".xlsx", lambda path: write_workbook(path, rows, merged)


def _open_document(*rows: Sequence[object] | str) -> tuple[str, Write]:
    return ".ods", lambda path: write_open_document(path, rows)


def _archive(**members: bytes) -> tuple[str, Write]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name.replace("__", "/").replace("_", "."), content)

    return ".xlsx", write


def _long(path: Path) -> None:
    with path.open("wb") as file:
        file.write(_ROWS.encode())
        for _ in range(100):
            file.write(b"x" * _MIB)


def _long_cell(path: Path) -> None:
    path.write_text(f"Name,Country\n{'x' * (20 * _MIB)},Atlantis\n", encoding="utf-8")


def _cut(path: Path) -> None:
    write_workbook(path)
    path.write_bytes(path.read_bytes()[:-200])


def _ods_of(content: str) -> tuple[str, Write]:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return _archive(mimetype=mimetype, content_xml=content.encode())


def _entities(count: int) -> str:
    names = (f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(count))
    return f"<!DOCTYPE w [{''.join(names)}]><w>&e{count - 1};</w>"


_REPEATED = '<t:table-row t:number-rows-repeated="{}"><t:table-cell t:number-columns-repeated="{}"><x:p>A</x:p></t:table-cell></t:table-row>'
_LISTS: dict[str, tuple[str, Write]] = {
    "nothing": _text(""),
    "a header alone": _text("Name,Country\n,\n"),
    "two header rows": _text("Charter,Parties,Dates\nName,Country,Signed\nKoper,SVN,2026-03-01\n"),
    "two header rows of a workbook": _sheet(("Signatories of 2026",), HEADER, *PARTIES),
    "ragged rows": _text("Name,Country,Signed\nKoper\nGenoa,ITA,2026-03-02,Liguria\n"),
    "ragged rows of open document": _open_document(("Name",), ("Koper", "SVN")),
    "merged cells": _sheet(HEADER, *PARTIES, merged="A2:A3"),
    "merged names of open document": _open_document(
        HEADER,
        '<t:table-row><t:table-cell t:number-rows-spanned="3"><x:p>Koper</x:p></t:table-cell></t:table-row>',
    ),
    "formulas": _sheet(HEADER, ("=A1&A2", "SVN", "Company", "", ""), ("#REF!", "", "", "", "")),
    "formulas of open document": _open_document(
        ("Name",),
        '<t:table-row><t:table-cell t:formula="of:=[.A1]"><x:p>K</x:p></t:table-cell></t:table-row>',
    ),
    "formulas of text": _text(f'{_ROWS}"=HYPERLINK(""https://x.example"")",SVN,2026-03-01\n'),
    "a command as a formula": _text(f"{_ROWS}@SUM(1+1)*cmd|' /C calc'!A0,SVN,\n"),
    "dates of three kinds": _text(
        "Name,Signed\nKoper,2026-03-01\nGenoa,03/04/2026\nKenya,1 March 2026\n"
    ),
    "dates of three kinds in a workbook": _sheet(
        ("Name", "Signed"),
        ("Koper", date(2026, 3, 1)),
        ("Genoa", "03/04/2026"),
        ("Kenya", "1.3.26"),
    ),
    "a date that is none": _text("Name,Signed\nKoper,2026-02-30\n"),
    "a hundred megabytes": (".csv", _long),
    "a row of a million cells": _text(f"Name,Country\nKoper{',x' * 1_000_000}\n"),
    "a million quotes": _text('Name,Country\n"' + '""' * 1_000_000),
    "a cell of megabytes": (".csv", _long_cell),
    "a bomb": _archive(xl__workbook_xml=b"<w/>", xl__worksheets__a_xml=bytes(100 * _MIB)),
    "a bomb of open document": _archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=bytes(100 * _MIB)
    ),
    "a workbook that is cut": (".xlsx", _cut),
    "entities without end": _ods_of(_entities(30)),
    "entities of a workbook": _archive(xl__workbook_xml=_entities(30).encode()),
    "an open document of another kind": _archive(mimetype=b"application/epub+zip"),
    "an open document without content": _archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet"
    ),
    "an open document of noise": _ods_of("\0\1\2<<<>"),
    "deep elements": _ods_of("<a>" * 200_000 + "</a>" * 200_000),
    "rows repeated": _open_document(("Name",), _REPEATED.format("99999999", "1")),
    "cells repeated": _open_document(("Name",), _REPEATED.format("1", "99999999")),
    "rows and cells repeated": _open_document(("Name",), _REPEATED.format("9999", "9999")),
    "a web page": _text("<!DOCTYPE html><title>404</title>"),
    "JSON": _text('[{"name": "Koper"}]'),
    "not UTF-8": _text(b"Name,Country\nK\xe9nya,KEN\n"),
    "zero bytes": _text("Name,Country\nKo\0per,SVN\n"),
    "control characters": _text("Name,Country\nKo\x1b[2Jper,SVN\n"),
    "marks of direction": _text("Name,Country\nKo\u202eper,Atlantis\u202e\n"),
    "a name twice": _text("Name,Country\nKoper,SVN\nKoper,SVN\n"),
    "an address of a person": _text("Name,Website\nKoper,jane@koper.example\n"),
    "no column of names": _text("Product,Price\nRope,3\n"),
}
_COLUMNS = "subject_id\tpredicate_id\tobject_id\n"
_MAPPINGS = {
    "no header": "a\tb\tc\n",
    "YAML that names Python": "#curie_map: !!python/name:os.system\nsubject_id\tpredicate_id\tobject_id\n",
    "aliases without end": "#a: &a [x,x]\n"
    + "".join(
        f"#b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'},*{'a' if n == 0 else f'b{n - 1}'}]\n"
        for n in range(60)
    )
    + "subject_id\tpredicate_id\tobject_id\n",
    "deep YAML": f"#{'[' * 50_000}\nsubject_id\tpredicate_id\tobject_id\n",
    "control characters": f"{_COLUMNS}\x1b[2J:x\ty:z\tz:w\n",
}


def _read_mappings(text: str) -> None:
    path = Path(mkdtemp()) / "same.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    list(read_mappings(path))
