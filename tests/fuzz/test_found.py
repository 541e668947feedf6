"""Texts that fuzzing found, and that once ended in a traceback."""

from __future__ import annotations

from typing import Any

import pytest

from fuzz.targets import TARGETS

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
ANSWER = {"Location": "/", "Content-Length": "1"}
FOUND: list[tuple[str, Any]] = [
    ("releases: patch", "H id <e:> .\nH prev <e:> .\nTX .\nTC .\n\n"),
    ("registry: list", b'"name"\rdate"\n'),
    ("http: answers", ANSWER | {"Retry-After": "9" * 5_000}),
    (
        "rdf: rdf",
        f'<rdf:RDF {RDF}><rdf:Seq rdf:rdf:about="x"><rdf:li>1</rdf:li></rdf:Seq></rdf:RDF>'.encode(),
    ),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_fuzzing_found_stays_fixed(name: str, text: Any) -> None:
    TARGETS[name].run(text)
