"""Numbers are written with their nouns as English and French have them."""

from __future__ import annotations

import pytest

from pariscall.io.numbers import counted, format_number


@pytest.mark.parametrize(
    ("number", "lang", "expected"),
    [
        (0, "en", "0 rows"),
        (1, "en", "1 row"),
        (1222, "en", "1,222 rows"),
        (0, "fr", "0 row"),
        (1, "fr", "1 row"),
        (2, "fr", "2 rows"),
    ],
)
def test_a_noun_follows_its_number(number: int, lang: str, expected: str) -> None:
    assert counted(number, "row", "rows", lang) == expected


def test_french_separates_thousands_by_a_narrow_space() -> None:
    assert format_number(1234567, "fr") == "1\u202f234\u202f567"
