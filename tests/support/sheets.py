"""Lists of signatories as keepers have them, as .csv and .xlsx files that tests write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

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
