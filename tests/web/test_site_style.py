"""The words of the site are set as their language sets them, and can be read by everybody."""

from __future__ import annotations

import re

from pariscall import bundle
from pariscall.web.site.about import explain
from pariscall.web.site.locale import format_date
from pariscall.web.site.messages import words


def test_french_is_set_with_its_own_spaces_and_signs() -> None:
    for key, text in words("fr").items():
        assert not re.search(r" [:;!?»]|« |'", text), key
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", words("en")[key]))
    for heading, paragraphs in explain("fr"):
        assert not re.search(r" [:;!?»]|« |\w'\w", " ".join([heading, *paragraphs]))
    assert format_date("2018-11-01", "fr") == "1er\u00a0novembre 2018"
    assert format_date("2018-11-12", "en") == "12\u00a0November 2018"


def luminance(colour: str) -> float:
    """Compute the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_stands_out_from_what_is_behind_it() -> None:
    style = (bundle.PACKAGE / "web" / "site" / "assets" / "style.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    )
    for colours in (light, light | dark):
        for text in ("ink", "soft", "link", "link-over", "good", "warn", "bad"):
            for ground in ("paper", "raised", "tint", "notice"):
                one, other = sorted((luminance(colours[text]), luminance(colours[ground])))
                assert (other + 0.05) / (one + 0.05) >= 4.5, (text, ground)
        one, other = sorted((luminance(colours["on-accent"]), luminance(colours["accent"])))
        assert (other + 0.05) / (one + 0.05) >= 4.5
        one, other = sorted((luminance(colours["edge"]), luminance(colours["paper"])))
        assert (other + 0.05) / (one + 0.05) >= 3
