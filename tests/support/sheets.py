"""Lists of signatories as keepers have them, as .csv, .xlsx and .ods files that tests write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = ("Organisation", "Pays", "Secteur", "Date de signature", "Site web")
PARTIES: Sequence[Sequence[object]] = (
    ("Port of Koper", "Slovénie", "Entreprise", date(2026, 3, 1), "https://koper.example/"),
    ("Port of Genoa", "Italy", "Company", date(2026, 3, 2), ""),
    ("Kenya", "KEN", "State", "", ""),
)


def write_workbook(
    path: Path, rows: Sequence[Sequence[object]] = (HEADER, *PARTIES), merged: str = ""
) -> Path:
    """Write a workbook of 5 March 2026 with one sheet, in which some cells may be merged."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    written = io.BytesIO()
    workbook.save(written)
    path.write_bytes(_dated(written.getvalue()))
    return path


def write_open_document(
    path: Path,
    rows: Sequence[Sequence[object] | str] = (HEADER, *PARTIES),
    sheets: Sequence[str] = ("Sheet1",),
) -> Path:
    """Write an .ods file of 5 March 2026; a row can be the XML of one or more.

    As the programs do, it has a million empty rows below, as one.
    """
    written = "".join(row if isinstance(row, str) else _ods_row(row) for row in rows)
    below = '<t:table-row t:number-rows-repeated="1048570"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    tables = "".join(f'<t:table t:name="{name}">{written}{below}</t:table>' for name in sheets)
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"'
        for prefix, part in (("o", "office"), ("t", "table"), ("x", "text"))
    )
    body = f"<o:body><o:spreadsheet>{tables}</o:spreadsheet></o:body>"
    saved = '<d:date xmlns:d="http://purl.org/dc/elements/1.1/">2026-03-05T09:00:00</d:date>'
    files = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<o:document-content{names}>{body}</o:document-content>",
        "meta.xml": f"<o:document-meta{names}><o:meta>{saved}</o:meta></o:document-meta>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 5, 0, 0, 0)), content)
    return path


def _ods_row(row: Sequence[object]) -> str:
    cells = (
        f'<t:table-cell o:value-type="date" o:date-value="{value}"><x:p>{value}</x:p></t:table-cell>'
        if isinstance(value, date)
        else f'<t:table-cell o:value-type="string"><x:p>{escape(str(value))}</x:p></t:table-cell>'
        for value in row
    )
    return f"<t:table-row>{''.join(cells)}</t:table-row>"


def _dated(content: bytes) -> bytes:
    """Return a workbook in which openpyxl did not write when it ran."""
    dated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(dated, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (2026, 3, 5, 0, 0, 0))
            text = re.sub(rb"20..-..-..T..:..:..Z", b"2026-03-05T09:00:00Z", old.read(name))
            new.writestr(member, text, zipfile.ZIP_DEFLATED)
    return dated.getvalue()


def write_csv(path: Path, *lines: str) -> Path:
    """Write a text with one line for each row."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
