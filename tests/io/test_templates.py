"""A template is compiled once, and its code is that of its text only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from pariscall.io.compiled_templates import COMPILED
from pariscall.io.templates import template_environment

TEXT = '{{ "<b>" }} {{ 5|price }} {{ shown|price }}'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget(monkeypatch)
    return tmp_path / "pariscall" / "templates"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is compiled."""
    texts: list[str] = []
    compile_text = Environment.compile

    def noting(self: Environment, source: str, name: str, filename: str | None) -> object:
        texts.append(source)
        return compile_text(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", noting)
    return texts


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process compiled, as the next process does not know of it."""
    for key in list(COMPILED):
        monkeypatch.delitem(COMPILED, key)


def rendered(currency: str, text: str = TEXT, *, keep_trailing_newline: bool = False) -> str:
    environment = template_environment(
        "web/site/templates", keep_trailing_newline=keep_trailing_newline
    )
    environment.loader = DictLoader({"page.html": text})
    environment.filters["price"] = lambda number: f"{number} {currency}"
    return environment.get_template("page.html").render(shown=7)


def test_a_process_compiles_a_template_once(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rendered("€")
    assert first == "&lt;b&gt; 5 € 7 €"
    assert rendered("€") == first
    forget(monkeypatch)
    assert rendered("€") == first
    assert compiled == [TEXT]


def test_what_a_filter_gives_is_no_part_of_the_code(compiled: list[str]) -> None:
    assert rendered("€") == "&lt;b&gt; 5 € 7 €"
    assert rendered("$") == "&lt;b&gt; 5 $ 7 $"
    assert compiled == [TEXT]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("<a & \"b'>", "&lt;a &amp; &#34;b&#39;&gt;"),
        (Markup("<a & b>"), "<a & b>"),
        (7, "7"),
        (None, "None"),
    ],
)
def test_what_is_shown_is_escaped_unless_it_is_markup(shown: object, expected: str) -> None:
    environment = template_environment("web/site/templates")
    page = environment.from_string("{{ shown }}{% for each in [shown] %}|{{ each }}{% endfor %}")
    for _ in range(2):
        assert page.render(shown=shown) == f"{expected}|{expected}"
    if isinstance(shown, Markup):  # the same letters, which nobody has escaped
        assert "<" not in page.render(shown=str(shown))


@pytest.mark.parametrize("tables", [None, ["w"]])
def test_parts_of_parts_are_escaped_once(tables: list[str] | None) -> None:
    page = template_environment("web/site/templates", tables=tables).from_string(
        "{% macro bold(said) %}<b>{{ said }}</b>{% endmacro %}"
        "{% macro twice(said, end='<') %}{{ bold(said) }}{{ end }}{% endmacro %}"
        "{{ twice(w.one) }} {{ twice(w.one, end='>') }} {{ names|select('in', ['<a>'])|list }}"
        "{% for name in names|reject('in', ['<a>']) %}{{ name }}{% endfor %}"
    )
    assert page.render(w={"one": "&"}, names=("<a>", "<b>")) == (
        "<b>&amp;</b>&lt; <b>&amp;</b>&gt; [&#39;&lt;a&gt;&#39;]&lt;b&gt;"
    )


def test_a_dot_is_an_entry_of_a_table_and_an_attribute_of_all_else() -> None:
    environment = template_environment("web/site/templates", tables=["w"])
    page = environment.from_string("{{ w.keys }} {{ shown.real }} {{ shown.keys }}")
    with pytest.raises(AttributeError, match="keys"):
        page.render(w={"keys": "<"}, shown=7)
    page = environment.from_string("{{ w.keys }} {{ shown.real }}")
    assert page.render(w={"keys": "<"}, shown=7) == "&lt; 7"
    with pytest.raises(KeyError, match="keys"):
        page.render(w={}, shown=7)


def test_another_text_or_setting_is_compiled_anew(compiled: list[str]) -> None:
    texts = [rendered("€", "a\n"), rendered("€", "b\n")]
    texts.append(rendered("€", "b\n", keep_trailing_newline=True))
    assert texts == ["a", "b", "b\n"]
    assert compiled == ["a\n", "b\n", "b\n"]


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda kept: kept[:-1], lambda kept: kept.partition(b"\n")[2]]
)
def test_damaged_code_is_compiled_again(
    home: Path,
    compiled: list[str],
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
) -> None:
    first = rendered("€")
    [entry] = home.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    for _ in range(2):  # and the second finds what the first has kept
        forget(monkeypatch)
        assert rendered("€") == first
    assert compiled == [TEXT, TEXT]
