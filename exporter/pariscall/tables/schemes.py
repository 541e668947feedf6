"""The schemes of identifiers that mappings lead to: the form of each, and its check digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"  # that of Douglas Crockford


@dataclass(frozen=True)
class Scheme:
    """A scheme: its name, the form of its identifiers, and whether their check digits are right."""

    name: str
    form: str
    has_right_digits: Callable[[str], bool] = lambda _: True

    def problem(self, identifier: str) -> str:
        """Return what is wrong with an identifier, or nothing."""
        if not re.fullmatch(self.form, identifier):
            return f"is not of the form of {self.name}"
        return "" if self.has_right_digits(identifier) else "has wrong check digits"


def is_lei(identifier: str) -> bool:
    """Return whether the last two digits of an LEI (ISO 17442) are right, by ISO 7064, MOD 97-10."""
    return int("".join(str(int(character, 36)) for character in identifier)) % 97 == 1


def is_isni(identifier: str) -> bool:
    """Return whether the last character of an ISNI (ISO 27729) is right, by ISO 7064, MOD 11-2."""
    remainder = 0
    for digit in identifier[:15]:
        remainder = (remainder + int(digit)) * 2 % 11
    return identifier[15] == "0123456789X"[(12 - remainder) % 11]


def is_ror(identifier: str) -> bool:
    """Return whether the last two digits of a ROR identifier are right.

    See https://ror.readme.io/docs/identifier: they are of the number in base 32, by MOD 97-10.
    """
    number = 0
    for character in identifier[:7]:
        number = number * 32 + _BASE32.index(character)
    return int(identifier[7:]) == 98 - number * 100 % 97


# By the prefix of an identifier.
SCHEMES: Mapping[str, Scheme] = {
    "actor": Scheme("a party of ours", r"[a-z0-9]+(-[a-z0-9]+)*"),
    "corporatebody": Scheme("EU corporate bodies", r"[A-Z][A-Z0-9]*"),
    "geonames": Scheme("GeoNames", r"[1-9][0-9]*/"),
    "isni": Scheme("ISNI", r"[0-9]{15}[0-9X]", is_isni),
    "lei": Scheme("LEI", r"[0-9A-Z]{18}[0-9]{2}", is_lei),
    "ror": Scheme("ROR", r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", is_ror),
    "wd": Scheme("Wikidata", r"Q[1-9][0-9]*"),
}
