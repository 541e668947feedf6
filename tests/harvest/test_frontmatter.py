"""Front matter is read by a YAML parser, with two slips of the registry mended by name."""

from __future__ import annotations

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.frontmatter import read_front_matter
from pariscall.tables.text import clean

ACME = b"""---
name: "Acme"
linkedin: "https://www.linkedin.com/company/acme---sons/"
date_signed: 2020-02-01
country: NO
---
Our statement: is --- nobody's business.
"""


def test_the_two_known_faults_are_mended_by_name() -> None:
    acsrc = b"---\nname: Centre (ACSRC)\r\nThe University of Newcastle\r\n\ncategory: civil_society\n---\n"
    name = "advanced_cyber_security_engineering_research_centre_acsrc_the_university.md"
    assert (
        clean(read_front_matter(name, acsrc)["name"].text)
        == "Centre (ACSRC) The University of Newcastle"
    )
    raka = b'---\nname: "Fundacja \\"Pokonaj raka""\n---\n'
    fields = read_front_matter("fundacja_pokonaj_raka-civil-society-POL.md", raka)
    assert fields["name"].text == 'Fundacja "Pokonaj raka"'
    with pytest.raises(RegistryError, match=r"another\.md:\d: the front matter is not YAML"):
        read_front_matter("another.md", raka)


def test_a_line_of_dashes_in_a_value_is_part_of_the_value() -> None:
    fields = read_front_matter("acme.md", ACME)
    assert fields["linkedin"].text.endswith("acme---sons/")


def test_values_stay_the_texts_they_are() -> None:
    fields = read_front_matter("acme.md", ACME)
    assert (fields["date_signed"].text, fields["country"].text) == ("2020-02-01", "NO")
    assert fields["country"].line == 5


HOSTILE = {
    "nested": ("name: {a: b}", 2, "is not a plain text"),
    "without end": ("name: " + "[" * 100_000, 1, "nests too deeply"),
    "deep in lines": ("\n".join("  " * n + "a:" for n in range(600)), 1, "nests too deeply"),
    "within itself": ("name: &a [*a]", 2, "is not a plain text"),
    "doubling": ("a: &a [x, x]\nb: &b [*a, *a]\nname: *b", 2, "is not a plain text"),
    "twice": ("name: a\nwebsite: b\nname: c", 4, "the field name is on line 2 too"),
    "no such anchor": ("name: *a", 2, "is not YAML"),
    "a list": ("- name", 1, "is not a list of fields"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "line", "problem"), HOSTILE.values(), ids=HOSTILE)
def test_front_matter_that_is_no_list_of_texts_is_told_with_its_line(
    text: str, line: int, problem: str
) -> None:
    with pytest.raises(RegistryError, match=rf"^a\.md:{line}: .*{problem}"):
        read_front_matter("a.md", f"---\n{text}\n---\n".encode())
