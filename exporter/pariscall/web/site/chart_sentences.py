"""What to see in a chart, in one sentence made from its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ...io.numbers import format_number
from .figures import Figure
from .locale import format_date, format_share, typeset
from .messages import words


def what_to_see(figure: Figure, lang: str) -> str:
    """Return the sentence on a figure: its largest step in time, or its largest region."""
    facts = _of_regions(figure, lang) if figure.name == "regions" else _in_time(figure, lang)
    return typeset(words(lang)[f"see_{figure.name}"].format(**facts), lang)


def see_overlaps(pairs: Sequence[tuple[str, str, int]], lang: str) -> str:
    """Return the sentence on the calls that share parties: the two that share the most; empty without any."""
    if not pairs:
        return ""
    one, other, number = max(pairs, key=lambda pair: pair[2])
    facts = {"one": one, "other": other, "number": format_number(number, lang)}
    return typeset(words(lang)["see_overlaps"].format(**facts), lang)


def _of_regions(figure: Figure, lang: str) -> dict[str, str]:
    region, numbers = max(figure.rows, key=lambda row: sum(row[1]))
    return {
        "region": words(lang)[f"region_{region}"],
        "share": format_share(sum(numbers), figure.total, lang),
    }


def _in_time(figure: Figure, lang: str) -> dict[str, str]:
    totals = [0, *(sum(numbers) for _, numbers in figure.rows)]
    steps = [
        (after - before, day)
        for before, after, (day, _) in zip(totals, totals[1:], figure.rows, strict=False)
    ]
    # The first month has all that is known by then, and is no step.
    step, day = max(steps[1:] or steps, key=lambda each: each[0])
    return {
        "month": format_date(day, lang),
        "step": format_number(step, lang),
        "first": format_number(totals[1], lang),
        "last": format_number(totals[-1], lang),
    }
