"""Tables, their metadata, the front matter of the registry, and the list of the website."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pariscall import bundle
from pariscall.harvest.frontmatter import read_front_matter
from pariscall.harvest.website import read_list
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import METADATA, Schema, read_schema

from .edits import edited, encoded
from .target import Target

_TABLE = "calls.csv"
_MATTER = """\
---
title: "Acme: the company"
name: 'Acme'
category: private-sector
date: 2018-11-12
nationality: FRA
website: https://example.org/
---
Free text.
"""
_LIST = '"name","category","nationality","date"\n"Acme","private-sector","FRA","2018-11-12"\n'


@cache
def _tables() -> Path:
    return shutil.copytree(bundle.TABLES, Path(mkdtemp()) / "tables")


@cache
def _schema() -> Schema:
    return read_schema(_tables())


def read_table(content: bytes) -> None:
    """Read a table, and check its cells."""
    path = _tables() / _TABLE
    path.write_bytes(content)
    table = replace(_schema()[_TABLE], foreign_keys=())
    check_tables(Schema((table,)))


def read_metadata(content: bytes) -> None:
    """Read the metadata of tables."""
    folder = _tables().parent
    (folder / METADATA).write_bytes(content)
    read_schema(folder)


_JSON = [*'{}[]:,"', "null", "true", "-1", '"url"', '"tableSchema"', "../x"]
TARGETS = [
    Target(
        "tables: CSV",
        encoded(
            edited([(bundle.TABLES / _TABLE).read_text(encoding="utf-8")], [*',;\t"\r', "sep=;\n"])
        ),
        read_table,
    ),
    Target(
        "tables: metadata",
        encoded(
            edited(
                [(bundle.TABLES / METADATA).read_text(encoding="utf-8")[:3000] + "}]}}]}"], _JSON
            )
        ),
        read_metadata,
    ),
    Target(
        "registry: front matter",
        encoded(
            edited(
                [_MATTER],
                [*":-[]{}&*!|>'\"%@`#,?", "---\n", "<<: ", "!!python/name:os.system", "&a", "*a"],
            )
        ),
        lambda content: read_front_matter("x.md", content),
    ),
    Target(
        "registry: list",
        encoded(edited([_LIST], [*',"\r', '","'])),
        lambda content: read_list(content, "x"),
    ),
]
