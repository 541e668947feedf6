"""Identifiers are minted once, from the name, and never twice."""

from __future__ import annotations

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.identifiers import Identifiers
from pariscall.tables.text import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ITS Rio", "its-rio"),
        ("L’Académie d'Orléans", "l-academie-d-orleans"),
        ("DREN & ROVŠEK", "dren-rovsek"),
        ("Øresund ßtraße Łódź Đà", "oresund-sstrasse-lodz-da"),
        ("AT&T (Inc.)", "at-t-inc"),
        ("東京", ""),
    ],
)
def test_slugs_are_plain_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_known_file_keeps_its_party_whatever_its_name() -> None:
    ledger = Identifiers([{"file": "a.md", "party": "acme"}], [])
    assert ledger.party("a.md", "Another Name") == "acme"
    assert ledger.records() == [{"file": "a.md", "party": "acme"}]


def test_a_new_file_gets_a_row() -> None:
    ledger = Identifiers([], [])
    assert ledger.party("a.md", "Acme & Sons") == "acme-sons"
    assert ledger.records() == [{"file": "a.md", "party": "acme-sons"}]


def test_an_identifier_is_never_given_to_two_parties() -> None:
    ledger = Identifiers([{"file": "a.md", "party": "acme"}], [{"party": "icann"}])
    for name in ("ACME", "Icann"):
        with pytest.raises(RegistryError, match="belongs to another party"):
            ledger.party("b.md", name)
