"""The description of the tables: CSV on the Web metadata.

Reads the part of https://www.w3.org/TR/tabular-metadata/ that our tables use: datatypes,
required columns, primary and foreign keys, and the templates that map cells to RDF.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import bundle
from ..errors import TableError, relative
from ..project import current
from ..rdf.namespaces import in_project

if TYPE_CHECKING:
    from .rows import Row

METADATA = bundle.METADATA
TABLES = current().tables
# What the tables of a project must have; the others may be missing, and are empty then.
_NEEDED = ("calls.csv", "endorsements.csv", "parties.csv", "sources.csv")
# The one list that a project may have in their place; what the others would hold follows from it.
SIGNATORIES = "signatories.csv"
_NEEDED_WITH_A_LIST = ("calls.csv", "sources.csv")
_COUNTRIES, _DATASETS = "countries.csv", "datasets.csv"
_CORRECTIONS, _DECISIONS = "corrections.csv", "decisions.csv"


@dataclass(frozen=True)
class Column:
    """One column: what its cells may hold, and which triple a cell is mapped to."""

    name: str
    virtual: bool = False
    required: bool = False
    datatype: str = "string"
    pattern: str | None = None
    minimum: int | None = None
    lang: str | None = None
    about_url: str | None = None
    property_url: str | None = None
    value_url: str | None = None


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose cells must be, together, in the key columns of another table."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, and its keys.

    A line before the header that begins with ``comment`` is none of the table.
    ``derive`` yields the rows that follow from the list of signatories, in the order of their keys.
    """

    path: Path
    about_url: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    is_mapped: bool
    delimiter: str | None = None
    comment: str | None = None
    may_be_missing: bool = False
    description: str = ""
    derive: Callable[[], Iterable[Row]] | None = field(default=None, compare=False)

    @cached_property
    def name(self) -> str:
        """The file name, by which other tables refer to this one."""
        return self.path.name

    @property
    def stem(self) -> str:
        """The name in a database, without what a file name says of the format."""
        return self.name.partition(".")[0]

    @cached_property
    def cells(self) -> tuple[Column, ...]:
        """The columns that are in the file."""
        return tuple(column for column in self.columns if not column.virtual)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The position of each column in a row."""
        return {column.name: position for position, column in enumerate(self.cells)}


@dataclass(frozen=True)
class Schema:
    """All tables of a folder, in the order of the metadata."""

    tables: tuple[Table, ...]

    def __getitem__(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def documents(self) -> list[tuple[Table, ...]]:
        """Return the tables in groups that describe one thing together.

        A table joins the one that its first key column refers to: endorsements, events and
        entries join the parties; principles the calls; claims the sources.
        """
        groups: dict[str, list[Table]] = {}
        for table in self.tables:
            if table.is_mapped:
                groups.setdefault(self._head(table).name, []).append(table)
        return [
            tuple(sorted(group, key=lambda table: table.name != head))
            for head, group in groups.items()
        ]

    def group(self, head: str) -> tuple[Table, ...]:
        """Return a head table with the tables that join it."""
        return next(group for group in self.documents() if group[0].name == head)

    def _head(self, table: Table) -> Table:
        for key in table.foreign_keys:
            head = self[key.table]
            if key.columns == table.primary_key[:1] and head.primary_key == key.referenced:
                return head
        return table


def list_of_signatories(folder: Path) -> Path | None:
    """Return the list of signatories of a folder, if it has the tables of a project and a list."""
    path = folder / SIGNATORIES
    return path if _is_described_as_ours(folder) and path.exists() else None


def metadata_file(folder: Path) -> Path:
    """Return the description of the tables of a folder: its own, or that of our own tables.

    A project needs no description of its own tables; any other folder of tables does.
    """
    return bundle.TABLES / METADATA if _is_described_as_ours(folder) else folder / METADATA


def _is_described_as_ours(folder: Path) -> bool:
    return not (folder / METADATA).exists() and folder.resolve() == TABLES.resolve()


def read_schema(folder: Path) -> Schema:
    """Read ``csv-metadata.json`` of a folder of tables; one without it has tables like ours.

    Raises:
        TableError: if there is no such file, or it is not CSVW metadata.
    """
    path = metadata_file(folder)
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))
        tables = metadata["tables"]
        dialect = metadata.get("dialect", {})
        return Schema(tuple(_table(folder, table, dialect) for table in tables))
    except OSError as error:
        raise TableError(
            [f"{relative(path)}: {error.strerror}. A folder of tables needs this description."]
        ) from None
    except UnicodeDecodeError:
        raise TableError([f"{relative(path)}: not UTF-8. Save the file as UTF-8."]) from None
    except json.JSONDecodeError as error:
        raise TableError([f"{relative(path)}:{error.lineno}: not JSON: {error.msg}."]) from None
    except (KeyError, TypeError) as error:
        raise TableError(
            [f"{relative(path)}: not the metadata of a table group: {error} is missing."]
        ) from None


def _table(folder: Path, description: Mapping[str, Any], dialect: Mapping[str, Any]) -> Table:
    schema = description["tableSchema"]
    path = _place_of(folder, description["url"])
    is_as_ours = _is_described_as_ours(folder)
    needed = _NEEDED_WITH_A_LIST if list_of_signatories(folder) else _NEEDED
    if is_as_ours and path.name == _COUNTRIES and not path.exists():
        path = bundle.TABLES / _COUNTRIES
    return Table(
        path=path,
        about_url=in_project(schema.get("aboutUrl", "")),
        columns=tuple(map(_column, _columns(schema["columns"], path))),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(_foreign_key(key) for key in schema.get("foreignKeys", ())),
        is_mapped=not description.get("suppressOutput", False),
        delimiter=description.get("dialect", dialect).get("delimiter"),
        comment=description.get("dialect", dialect).get("commentPrefix"),
        description=description.get("dc:description", ""),
        may_be_missing=is_as_ours and path.name not in needed,
    )


def _place_of(folder: Path, name: str) -> Path:
    """Return the file of a table; corrections and decisions of the project can have their folders."""
    folders = {_CORRECTIONS: current().corrections, _DECISIONS: current().decisions}
    if name in folders and folder.resolve() == TABLES.resolve():
        return folders[name] / name
    return folder / name


def _columns(columns: Sequence[Mapping[str, Any]], path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield columns; of a description of the dataset that is derived, one for each language."""
    if path.name != _DATASETS or path.exists():
        yield from columns
        return
    for name, alike in groupby(columns, key=_name_without_language):
        first, *_ = found = list(alike)
        if name is None:
            yield from found
        else:
            free = {**first, "required": False}  # any language will do
            yield from ({**free, "name": f"{name}_{lang}", "lang": lang} for lang in _languages())


def _name_without_language(column: Mapping[str, Any]) -> str | None:
    lang = column.get("lang")
    return column["name"].removesuffix(f"_{lang}") if lang else None


def _languages() -> list[str]:
    """Return the languages in which the project file describes the dataset, its own first."""
    project = current()
    texts = (project.title or project.name, project.description, project.rights)
    return list(dict.fromkeys([*project.languages, *chain(*texts)]))


def _column(description: Mapping[str, Any]) -> Column:
    datatype = description.get("datatype", "string")
    if isinstance(datatype, str):
        datatype = {"base": datatype}
    is_mapped = not description.get("suppressOutput", False)
    return Column(
        name=description.get("name", ""),
        virtual=description.get("virtual", False),
        required=description.get("required", False) and _is_spoken(description.get("lang")),
        datatype=datatype["base"],
        pattern=datatype.get("format"),
        minimum=datatype.get("minimum"),
        lang=description.get("lang"),
        about_url=_in_project(description.get("aboutUrl")),
        property_url=description["propertyUrl"] if is_mapped else None,
        value_url=_in_project(description.get("valueUrl")),
    )


def _is_spoken(lang: str | None) -> bool:
    """Return whether a text of a language must be there: those of the project must, others may."""
    return lang is None or lang in current().languages


def _in_project(template: str | None) -> str | None:
    return None if template is None else in_project(template)


def _foreign_key(description: Mapping[str, Any]) -> ForeignKey:
    reference = description["reference"]
    return ForeignKey(
        columns=_names(description["columnReference"]),
        table=reference["resource"],
        referenced=_names(reference["columnReference"]),
    )


def _names(reference: str | list[str]) -> tuple[str, ...]:
    return (reference,) if isinstance(reference, str) else tuple(reference)
