"""Texts, numbers and dates formatted for English and French."""

from __future__ import annotations

import re
from datetime import date

from ...io.numbers import format_number, is_plural
from ...project_file import LANGUAGES

# The nouns that are counted: singular and plural.
_COUNTED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "event": (("event", "events"), ("événement", "événements")),
    "signatory": (("signatory", "signatories"), ("signataire", "signataires")),
    "party": (("party", "parties"), ("partie", "parties")),
    "supporter": (("supporter", "supporters"), ("soutien", "soutiens")),
    "time": (("time", "times"), ("fois", "fois")),
    "triple": (("triple", "triples"), ("triplet", "triplets")),
    "participant": (("participant", "participants"), ("participant", "participants")),
    "entry": (("entry", "entries"), ("entrée", "entrées")),
}

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def typeset(text: str, lang: str) -> str:
    """Return a text with the no-break spaces of French: before : ; ! ? and inside « »."""
    if lang != "fr":
        return text
    text = re.sub(r" (?=[;!?])", "\u202f", text)
    return re.sub(r"(?<=«) | (?=[:»])", "\u00a0", text)


def count(number: int, noun: str, lang: str) -> str:
    """Return a number with its noun: ``1 party``, ``1,222 parties``."""
    one, many = _COUNTED[noun][LANGUAGES.index(lang)]
    return f"{format_number(number, lang)}\u00a0{many if is_plural(number, lang) else one}"


def format_date(day: str, lang: str) -> str:
    """Return a date as 12 November 2018; a text that is not a date is returned unchanged."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day
    number = "1er" if lang == "fr" and parsed.day == 1 else str(parsed.day)
    return f"{number}\u00a0{_MONTHS[lang].split()[parsed.month - 1]} {parsed.year}"


def format_bytes(size: int, lang: str) -> str:
    """Return a size in a readable unit."""
    units = ["B", "kB", "MB", "GB"] if lang == "en" else ["o", "ko", "Mo", "Go"]
    value = float(size)
    while value >= 1000 and len(units) > 1:
        value /= 1000
        units = units[1:]
    number = f"{value:.3g}" if value < 1000 else f"{value:.0f}"
    return f"{number if lang == 'en' else number.replace('.', ',')}\u00a0{units[0]}"


def format_share(part: int, whole: int, lang: str) -> str:
    """Return a share in per cent with one decimal, as ``58.2%``."""
    number = f"{100 * part / whole if whole else 0:.1f}"
    return f"{number}%" if lang == "en" else f"{number.replace('.', ',')}\u00a0%"
