"""The fields of a registry entry, and the columns of ours that their values belong in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..project import current

_CALLS = "calls"  # of the project file: a list of other calls fills no column
_FIELDS = current().registry.fields

# Field to column; a correction can put a value into another column.
COLUMNS: Mapping[str, str] = {
    field: column for column, field in _FIELDS.items() if column != _CALLS
}
NAME, CALLS = _FIELDS.get("name", "name"), _FIELDS.get(_CALLS, "")

# The columns that a correction of a field may name.
CORRECTED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{
        field: (column, "member_of") if column == "nature" else (column,)
        for field, column in COLUMNS.items()
    },
    **({CALLS: ("call",)} if CALLS else {}),
}


@dataclass(frozen=True)
class Field:
    """The text of one field and the line it is on."""

    text: str
    line: int
