"""Text of others is shown as text: a terminal, a runner and Markdown find nothing in it to obey."""

from __future__ import annotations

import pytest

from pariscall.io.markdown import markdown
from pariscall.io.terminal import visible, without_commands


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2J\x07", "a\\u001B[2J\\u0007"),
        ("a\u202eb\u2066c\u200f", "a\\u202Eb\\u2066c\\u200F"),
        ("\x9b2J\x7f\x00", "\\u009B2J\\u007F\\u0000"),
        ("one\ntwo\tthree\r\n", "one\ntwo\tthree\r\n"),
        ("over\rwritten", "over\\u000Dwritten"),
        ("Élysée 巴黎 1\u202f222 می\u200cخواهم", "Élysée 巴黎 1\u202f222 می\u200cخواهم"),
    ],
)
def test_only_what_a_terminal_obeys_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", "\\u003A:error::x"),
        (" \t::x\n\u00a0::y", " \t\\u003A:x\n\u00a0\\u003A:y"),
        ("\x1b[1m::x", "\x1b[1m\\u003A:x"),
        (
            "a ##[error]b ##vso[c ##teamcity[d",
            "a \\u0023#[error]b \\u0023#vso[c \\u0023#teamcity[d",
        ),
        ("a::b std::string ## heading [x]", "a::b std::string ## heading [x]"),
    ],
)
def test_a_runner_finds_no_command(text: str, shown: str) -> None:
    assert without_commands(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\n# b", "a \\# b"),
        ("<script>", "\\<script\\>"),
        ("[x](javascript:y) @z | `c`", "\\[x\\]\\(javascript:y\\) \\@z \\| \\`c\\`"),
    ],
)
def test_what_others_wrote_is_text_in_markdown(text: str, shown: str) -> None:
    assert markdown(text) == shown
    assert visible(markdown(f"\x1b[2J\u202e\r{text}")).isprintable()
