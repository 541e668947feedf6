"""Terms are spelt as Oxigraph spells them, and their spelling gives them back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from pariscall.rdf.namespaces import XSD
from pariscall.rdf.ntriples import escape, is_iri, tag_of, text_of

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text('\\"\x00\x1f\x7f\x85\u2028\ufffe\uffff\n\r\t\b\f\x0b😀é@^<>uU0041'),
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, language=st.sampled_from(["en", "pt-BR"])),
    st.builds(Literal, texts, datatype=st.sampled_from([NamedNode(XSD + "date")])),
)


def test_every_character_is_escaped_as_oxigraph_does() -> None:
    """One after the other, so that each takes the way of a text that needs escapes or of one that does not."""
    for code in [*range(0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF]:
        assert f'"{escape(chr(code))}"' == str(Literal(chr(code))), hex(code)


@given(literals)
def test_a_literal_is_its_text_and_its_tag(literal: Literal) -> None:
    spelt = str(literal)
    assert text_of(spelt) == literal.value
    assert f'"{escape(literal.value)}"{tag_of(spelt)}' == spelt
    assert not is_iri(spelt)


def test_a_long_escape_is_read_too() -> None:
    assert text_of(r'"\U0001F600\u00E9"') == "😀é"


def test_only_an_iri_is_one() -> None:
    assert is_iri("<http://example.org/>")
    assert text_of("<http://example.org/>") == "http://example.org/"
    assert not is_iri("_:b")
    assert not is_iri("<<( <a:a> <a:b> <a:c> )>>")
