"""Patterns are regular expressions of XPath, whatever engine matches them."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from pariscall.errors import ShapesError
from pariscall.validation.shacl.regex import Pattern
from support.shacl import find, on_values


@pytest.mark.parametrize(
    ("pattern", "flags", "matching", "other"),
    [
        ("^[a-z-[aeiou]]$", "", "b", "a"),
        ("^(\\p{L})\\1$", "", "éé", "éa"),
        ("^(\\i\\c) \\1$", "", "a1 a1", "a1 a2"),
        ("^([a-z-[b]])\\1$", "", "aa", "bb"),
        ("^(a).\\1$", "s", "a\na", "aa"),
        ("^[^a-z-[A]]$", "", "B", "A"),
        ("^[^a-z-[A]]$", "", "1", "q"),
        ("^[a-z-[b-y-[m]]]$", "", "m", "n"),
        ("^[\\p{L}-[\\p{IsBasicLatin}]]$", "", "é", "e"),
        ("^[\\w-[\\d]]+$", "", "ab", "a1"),
        ("^\\i\\c*$", "", "a-b.1", "1a"),
        ("^[\\i-[:]][\\c-[:]]*$", "", "ab", "a:b"),
        ("^\\I\\C$", "", "1 ", "ab"),
        ("^\\p{IsGreek}+$", "", "αβ", "ab"),
        ("^\\P{IsBasicLatin}$", "", "é", "e"),
        ("^\\p{Lu}\\p{L}+$", "", "Köln", "köln"),
        ("^\\d$", "", "٣", "x"),
        ("^\\s$", "", "\t", "\u00a0"),
        ("^\\w$", "", "a", "_"),
        ("^.$", "", "a", "\n"),
        ("^.$", "", "b", "\r"),
        ("^.$", "s", "\n", ""),
        ("^abc$", "", "abc", "abc\n"),
        ("^b$", "m", "a\nb", "ab"),
        ("ABC", "i", "abc", "abd"),
        ("a.c", "q", "a.c", "abc"),
        ("A.C", "qi", "a.c", "abc"),
        ("a b # c", "x", "ab#c", "ab"),
        ("a[ b]", "x", "a ", "ac"),
        ("[[]", "", "[", "a"),
        ("[a-]", "", "-", "b"),
        ("[-a]", "", "-", "b"),
        ("[+--]", "", ",", "."),
        ("[&&~~]", "", "&", "a"),
        ("[\\]\\\\]", "", "]", "a"),
        ("^[^\\s\\u00A0]$", "", "a", "\u00a0"),
        ("^https?:\\/\\/", "", "https://e", "ftp://e"),
        ("(?=T)", "", "T", "x"),
        ("^(?!a)[$]?.$", "", "$b", "ab"),
        ("^(a)\\1$", "", "aa", "aa\n"),
    ],
)
def test_a_pattern_matches_as_xpath_has_it(
    pattern: str, flags: str, matching: str, other: str
) -> None:
    made = Pattern(pattern, flags)
    assert made.matches(matching)
    assert not made.matches(other)


@pytest.mark.parametrize(
    ("pattern", "flags", "problem"),
    [
        ("a", "z", "the flags 'z'"),
        ("(", "", "no engine can judge sh:pattern '\\('"),
        ("\\p{IsNowhere}", "", "IsNowhere, which is not a block"),
        ("[a", "", "no engine can judge"),
    ],
)
def test_a_pattern_that_nothing_reads_is_refused(pattern: str, flags: str, problem: str) -> None:
    with pytest.raises(ShapesError, match=problem):
        Pattern(pattern, flags)


def test_only_what_is_beyond_xpath_is_left_to_python() -> None:
    assert [Pattern(text).is_foreign for text in ("^(?:a)b*?$", "[a-z-[b]]", "\\bx")] == [False] * 3
    assert [Pattern(text).is_foreign for text in ("(?<=a)b", "(?!a)", "(a)\\1")] == [True] * 3


def test_no_text_takes_a_pattern_long() -> None:
    start = time.process_time()
    assert not Pattern("^(a+)+$").matches("a" * 5_000 + "b")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:pattern '([0-9])+a$'",
        "sh:not [ sh:pattern '([0-9])+b$' ]",
        "sh:or ( [ sh:pattern '([0-9])+a$' ] [ sh:nodeKind sh:IRI ] )",
        "sh:node [ sh:and ( [ sh:pattern '([0-9])+a$' ] ) ]",
        "sh:qualifiedValueShape [ sh:pattern '(.)+a$' ] ; sh:qualifiedMinCount 9",
        "sh:pattern '[0-9]z$'",
    ],
)
def test_the_values_of_a_predicate_are_matched_together(
    constraint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = set()
    prepare = Pattern.prepare

    def counting(pattern: Pattern, texts: Iterable[str]) -> None:
        texts = list(texts)
        sizes.add(len(texts))
        prepare(pattern, texts)

    monkeypatch.setattr(Pattern, "prepare", counting)
    data = " ".join(f"ex:s{n} a ex:T ; ex:p '{n}a', '{n}0a' ." for n in range(1, 9))
    found = find(on_values(constraint), data)
    assert len(found) == (8 if "qualified" in constraint else 16 if "z" in constraint else 0)
    assert sizes - {0} == {16}
