"""Numbers with their nouns, in English and in French."""

from __future__ import annotations


def format_number(number: int, lang: str = "en") -> str:
    """Return a number with the separator of a language between thousands."""
    text = f"{number:,}"
    return text.replace(",", "\u202f") if lang == "fr" else text


def is_plural(number: int, lang: str = "en") -> bool:
    """Report whether a noun is in the plural after a number: in French, from 2 on."""
    return number > 1 if lang == "fr" else number != 1


def counted(number: int, one: str, many: str, lang: str = "en") -> str:
    """Return a number with its noun: ``1 party``, ``1,222 parties``."""
    return f"{format_number(number, lang)} {many if is_plural(number, lang) else one}"
