"""Results as files of other programs: Excel workbooks and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from ..io.extras import require
from .frames import Column, to_arrow

# The format of a cell in Excel by the kind of its column.
_SHOWN = {"date": "yyyy-mm-dd", "local": "yyyy-mm-dd hh:mm:ss", "instant": "yyyy-mm-dd hh:mm:ss"}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 no clock is in the file


def to_parquet(columns: Mapping[str, Column]) -> bytes:
    """Return a Parquet file, each column of one type.

    Raises:
        MisuseError: if pyarrow is not installed.
    """
    table = to_arrow(columns)
    from pyarrow import parquet

    file = BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()


def to_xlsx(columns: Mapping[str, Column]) -> bytes:
    """Return a workbook of one sheet with real dates, a frozen header and filters; moments are in UTC.

    Raises:
        MisuseError: if XlsxWriter is not installed.
    """
    require("a workbook", "files")
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    workbook = Workbook(file, options | {"remove_timezone": True})
    workbook.set_properties({"created": _CREATED})
    sheet = workbook.add_worksheet("results")
    bold = workbook.add_format({"bold": True})
    for at, (name, column) in enumerate(columns.items()):
        shown = workbook.add_format({"num_format": _SHOWN.get(column.kind, "General")})
        sheet.write_string(0, at, name, bold)
        sheet.set_column(at, at, 24)
        for number, value in enumerate(column.values, 1):
            if value is not None:
                sheet.write(number, at, _in_utc(value), shown)
    sheet.freeze_panes(1, 0)
    if columns:
        longest = max(len(column.values) for column in columns.values())
        sheet.autofilter(0, 0, longest, len(columns) - 1)
    workbook.close()
    return file.getvalue()


def _in_utc(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC)
    is_early = isinstance(value, date) and value.year < 1900  # which Excel does not know
    return str(value) if is_early else value


FILES: Mapping[str, Callable[[Mapping[str, Column]], bytes]] = {
    "xlsx": to_xlsx,
    "parquet": to_parquet,
}
