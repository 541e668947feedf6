"""The fields of a registry entry, and the columns of ours that their values belong in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Field to column; a correction can put a value into another column.
COLUMNS: Mapping[str, str] = {
    "name": "name",
    "category": "category",
    "nationality": "country",
    "nature": "nature",
    "website": "website",
    "date_signed": "signed",
}

# The columns that a correction of a field may name; "alliance" lists other calls.
CORRECTED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{field: (column,) for field, column in COLUMNS.items()},
    "nature": ("nature", "member_of"),
    "alliance": ("call",),
}


@dataclass(frozen=True)
class Field:
    """The text of one field and the line it is on."""

    text: str
    line: int
