"""Tables, their metadata, lists of signatories, the registry's front matter and list, mappings."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pariscall import bundle
from pariscall.harvest.frontmatter import read_front_matter
from pariscall.harvest.lists.delimited import read_delimited
from pariscall.harvest.lists.open_document import read_open_document
from pariscall.harvest.lists.reading import Choices, read_signatories
from pariscall.harvest.website import read_list
from pariscall.query.mapping_file import read_mappings
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import METADATA, Schema, read_schema
from support.sheets import write_open_document

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


def read_signatory_list(content: bytes) -> None:
    """Read a list of signatories as text."""
    grid, form = read_delimited(content, "list.csv", "2026-03-05")
    read_signatories(grid, form, Choices())


def read_ods(content: bytes) -> None:
    """Read a list of signatories from the XML of an .ods file."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", content)
    grid, form = read_open_document(packed.getvalue(), {"content.xml"}, "list.ods", None)
    read_signatories(grid, form, Choices())


def read_mapping_file(content: bytes) -> None:
    """Read a file of mappings."""
    path = _tables().parent / "same.sssom.tsv"
    path.write_bytes(content)
    list(read_mappings(path))


_SIGNATORIES = """\
Organisation,Country,Sector,Type,Signed on,Website
Port of Koper,Slovenia,Company,Company,1 March 2026,www.koper.example
Kenya,KEN,Government,,2026-03-02,
"Alpha; Lines",The Netherlands,NGO,Association,03/14/2026,https://alpha.example/
"""
_MAPPINGS = """\
#mapping_set_id: https://charter.example/same
#curie_map:
#  charter: https://charter.example/actor/
subject_id\tpredicate_id\tobject_id\tmapping_justification
charter:kenya\tskos:exactMatch\tactor:kenya\tsemapv:ManualMappingCuration
"""


@cache
def _ods() -> str:
    with TemporaryDirectory() as folder:
        document = write_open_document(Path(folder) / "list.ods")
        with zipfile.ZipFile(document) as archive:
            return archive.read("content.xml").decode()


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
    Target(
        "lists: text",
        encoded(edited([_SIGNATORIES], [*',;\t"\r|=@', "=1+1", "#REF!", "Name", "2026-02-30"])),
        read_signatory_list,
    ),
    Target(
        "lists: open document",
        encoded(
            edited(
                [_ods()],
                [
                    *("<", ">", "/", '"', "&", "<!DOCTYPE a>", "]]>", "&e;"),
                    *('t:formula="1"', 't:number-rows-repeated="9999999"', "<t:table-row>"),
                    *('t:number-columns-spanned="2"', 'o:value-type="float"', "<x:s x:c='9'/>"),
                ],
            )
        ),
        read_ods,
    ),
    Target(
        "mappings: SSSOM",
        encoded(edited([_MAPPINGS], ["#", "\t", ":", "<", ">", "curie_map:", "{", "Not", "\r"])),
        read_mapping_file,
    ),
]
