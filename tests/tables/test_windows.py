"""A day that is not known is a window, never a day that was made up."""

from __future__ import annotations

import pytest

from pariscall.tables.windows import Window, read_window


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-03-05/2026-06-01", "2026-03-05", "2026-06-01"),
        ("2026-03/2026", "2026-03-01", "2026-12-31"),
    ],
)
def test_a_date_a_month_a_year_and_a_window_are_understood(
    written: str, earliest: str, latest: str
) -> None:
    assert read_window(written) == Window(earliest, latest)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "/",
        "2026-13",
        "2026-02-30",
        "0000",
        "1.3.2026",
        "2026-3-1",
        "2026-06/2026-03",
        "2026/",
        "2026-03-01T10:00",
        "٢٠٢٦",
    ],
)
def test_anything_else_is_not_a_date(written: str) -> None:
    assert read_window(written) is None


def test_a_window_is_cut_by_what_is_known_and_a_day_is_not() -> None:
    assert Window("2026-03-01", "2026-03-31").within("2026-03-05", "2026-03-20") == (
        "2026-03-05",
        "2026-03-20",
    )
    assert Window("2026-01-01", "2026-01-01").within("2026-03-05", "2026-03-20").is_day
