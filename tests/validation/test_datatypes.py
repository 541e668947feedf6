"""An ill-typed literal is found, whatever an engine or a library would read into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pariscall.rdf.namespaces import XSD
from pariscall.validation.datatypes import find_ill_typed
from support.command import Run

NODE = NamedNode("http://example.org/x")

# For each datatype, texts that are values of it, and texts that are not.
TEXTS = {
    "date": (
        ["2018-11-12", "2018-11-12Z", "-0001-01-01", "0000-02-29", "9" * 5000 + "-01-01"],
        ["2018-02-30", "18-01-01", " 2018-11-12"],
    ),
    "dateTime": (
        ["2018-11-12T24:00:00", "2018-11-12T00:00:00.1+14:00", "2018-11-12T00:00:00." + "1" * 40],
        ["2018-11-12T24:00:01", "2018-11-12T00:00:00+14:01", "2018-11-12", "now"],
    ),
    "dateTimeStamp": (["2018-11-12T00:00:00Z"], ["2018-11-12T00:00:00", "Z"]),
    "time": (["12:00:00"], ["25:00:00", "12:00"]),
    "gYear": (["2018", "12018", "9" * 30, "-0044+01:00"], ["18", "02018"]),
    "gYearMonth": (["2018-12"], ["2018-13"]),
    "gMonthDay": (["--02-29"], ["--02-30", "--06-31"]),
    "gDay": (["---31"], ["---32"]),
    "duration": (["P1Y", "-P1DT2S", "P" + "9" * 30 + "D"], ["P1YT", "P", "1Y", "P1.5D", "PT.5S"]),
    "dayTimeDuration": (["P1D"], ["P1Y"]),
    "yearMonthDuration": (["-P14M"], ["P1Y2D", "P1YT"]),
    "boolean": (["true", "0"], ["TRUE", "yes"]),
    "integer": (["007", "+5", "9" * 60], ["5.0", " 5", "", "\u0661"]),
    "decimal": (["1.", ".5", "1" * 60], ["1e3", "."]),
    "double": (["1e400", "INF", "NaN", "+.5E-1"], ["1e", "inf"]),
    "int": (["2147483647", "-0002147483648"], ["2147483648", "1.0"]),
    "unsignedByte": (["255", "+0"], ["256", "-1"]),
    "negativeInteger": (["-1", "-" + "9" * 60], ["0", "-0"]),
    "unsignedLong": (["18446744073709551615"], ["18446744073709551616", "9" * 60]),
    "token": (["a b"], [" a", "a  b", "a\nb"]),
    "language": (["en-GB"], ["en_GB", ""]),
    "NCName": (["a-b.c", "é"], ["a:b", "1a"]),
    "hexBinary": (["", "0aFF"], ["0", "xx"]),
    "base64Binary": (["", "AAA=", "AAAA AA=="], ["AA", "A==="]),
    "anyURI": (["http://a b", ""], []),
    "string": (["anything"], []),
    "unheardOf": (["anything"], []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_told_from_values(name: str) -> None:
    sound, unsound = TEXTS[name]
    data = [
        Quad(NODE, NODE, Literal(text, datatype=NamedNode(XSD + name))) for text in sound + unsound
    ]
    found = {
        finding.value.value
        for finding in find_ill_typed(data)
        if isinstance(finding.value, Literal)
    }
    assert found == set(unsound)


def test_datatypes_of_others_and_texts_with_a_language_are_left_alone() -> None:
    other = Literal("x", datatype=NamedNode("http://example.org/date"))
    assert (
        find_ill_typed([Quad(NODE, NODE, other), Quad(NODE, NODE, Literal("x", language="en"))])
        == []
    )


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["oxigraph", "pyshacl"])
def test_what_an_engine_hides_is_a_violation(run: Run, tmp_path: Path, engine: str) -> None:
    (tmp_path / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://example.org/> ."
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:nodeKind sh:IRI .",
        encoding="utf-8",
    )
    (tmp_path / "d.ttl").write_text(
        "@prefix e: <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        'e:x a e:C ; e:p "1e3"^^xsd:decimal ;\n e:q "2018-11-12"^^xsd:dateTime .',
        encoding="utf-8",
    )
    finished = run("validate", "d.ttl", "--shapes", "s.ttl", "--engine", engine)
    assert finished.returncode == 1
    assert finished.stdout.count("[shapes:well-typed]") == 2
    assert "  3:6  violation  The text is not a value of its datatype." in finished.stdout
