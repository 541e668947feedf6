"""An Excel workbook: the signatories, what the columns mean, and the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from ...rdf.namespaces import BASE
from ...tables.document import Document
from .signatory import DESCRIPTIONS, NAMES, SignatoryRows

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_SOURCES = ("source", "title", "publisher", "type", "issued", "url")
_DATES = {"since", "until", "signed_earliest", "signed_latest", "issued"}
_BOOLEANS = {"eu_member"}
_WIDE = {"name": 44, "title": 60, "url": 60, "description": 90, "column": 18}
_WIDTH = 16
# No clock is in the file.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 a workbook has local times only
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that ZIP knows


class WorkbookWriter:
    """Writes Office Open XML (ISO/IEC 29500) with real dates, frozen headers and filters.

    A text is never taken for a formula or a link.
    """

    def __init__(self, file: BinaryIO) -> None:
        from xlsxwriter import Workbook

        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self._file, self._packed = file, BytesIO()
        self._workbook: Workbook = Workbook(self._packed, options)
        self._workbook.set_properties({"created": _CREATED})
        self._rows = SignatoryRows()
        self._signatories: list[Mapping[str, str]] = []
        self._sources: list[Mapping[str, str]] = []

    def write(self, document: Document) -> None:
        """Note the endorsements and the sources of a document."""
        self._signatories += self._rows.of(document)
        head = document.rows[0]
        if head.table.name == "sources.csv":
            cells = {name: head[name] for name in _SOURCES}
            self._sources.append(cells | {"source": f"{BASE}source/{head['source']}"})

    def close(self) -> None:
        """Write the sheets."""
        dictionary = [{"column": name, "description": DESCRIPTIONS[name]} for name in NAMES]
        self._add_sheet("signatories", NAMES, self._signatories)
        self._add_sheet("dictionary", ("column", "description"), dictionary)
        self._add_sheet("sources", _SOURCES, self._sources)
        self._store()

    def _store(self) -> None:
        """Write the file without compression: the zlib of one machine packs otherwise than another's."""
        self._workbook.close()
        with ZipFile(self._packed) as packed, ZipFile(self._file, "w", ZIP_STORED) as stored:
            for entry in packed.infolist():
                stored.writestr(ZipInfo(entry.filename, _EPOCH), packed.read(entry))

    def _add_sheet(
        self, title: str, names: Sequence[str], rows: Sequence[Mapping[str, str]]
    ) -> None:
        sheet = self._workbook.add_worksheet(title)
        bold = self._workbook.add_format({"bold": True})
        dated = self._workbook.add_format({"num_format": "yyyy-mm-dd"})
        for at, name in enumerate(names):
            sheet.write_string(0, at, name, bold)
            sheet.set_column(at, at, _WIDE.get(name, _WIDTH))
        for number, row in enumerate(rows, 1):
            for at, name in enumerate(names):
                value = row[name]
                if not value:
                    continue
                if name in _DATES:
                    sheet.write_datetime(number, at, date.fromisoformat(value), dated)
                elif name in _BOOLEANS:
                    sheet.write_boolean(number, at, value == "true")
                else:
                    sheet.write_string(number, at, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(names) - 1)
