"""Needles: a text without any of them is matched by no expression that has them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from pariscall.validation.shacl.look.needles import (
    needle_filter,
    needle_test,
    needles_of,
)

_MAIL = "^mailto:|[A-Z0-9._%+-]+@[A-Z0-9-]+[.][A-Z]"
_ACCOUNT = "(^|[/.@])(linkedin|twitter)[.]com([/?#]|$)|challengeId=|^@[A-Za-z0-9_]+$"


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        (_MAIL, ["mailto:", "@"]),
        (_ACCOUNT, [".com", "challengeId=", "@"]),
        ("ab?cd+", ["cd"]),
        ("a{0,3}b|ab{2}c", ["b"]),
        (r"[(]|a[\]]b|x\.y", ["(", "a", "x.y"]),
        ("[]]a|(b|c)d", ["a", "d"]),
        ("a|", []),
        ("[a-z]+|b", []),
        ("", []),
    ],
)
def test_needles_are_what_every_match_has(pattern: str, needles: list[str]) -> None:
    assert needles_of(pattern) == needles


@pytest.mark.parametrize("pattern", [_MAIL, _ACCOUNT, "ab?cd+", "a{0,3}b|ab{2}c", "(a|b)*cd|e+f"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_match_is_passed_over(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE | re.ASCII)))
    may_match = needle_test(pattern, "i")
    assert may_match is not None
    assert may_match(text)


@pytest.mark.parametrize(
    "pattern", [_MAIL, _ACCOUNT, "ab?cd+", "(a|b)*cd|e+f", r'[\]"]a|[\\]b', "[a-z]"]
)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_term_that_matches_is_left_out(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    others = data.draw(st.lists(st.text()))
    terms = [str(Literal(each)) for each in (*others, text, *others)]
    assert str(Literal(text)) in needle_filter(pattern, "i")(terms)


def test_terms_are_left_out_whose_content_has_no_needle() -> None:
    terms = ['"Paris"@en', '"MAILTO:a"@en', "<mailto:a>", "<x:b>", '"a@b.c"^^<t>', '"\\n\u0130"@fr']
    assert needle_filter("^mailto:|[a-z]@[a-z]", "")(terms) == [terms[2], terms[4]]
    # A letter that is also an i to Python, if case does not matter, is left to the engine.
    assert needle_filter("^mailto:|[a-z]@[a-z]", "i")(terms) == [*terms[1:3], *terms[4:]]
    assert needle_filter("[a-z]", "i")(terms) == terms  # no needle is in every match


def test_most_texts_are_passed_over() -> None:
    may_match = needle_test(_MAIL, "i")
    assert may_match is not None
    assert [may_match(text) for text in ("Paris", "MAILTO:a", "a@b.c")] == [False, True, True]
