"""The fast engine finds what pySHACL finds in copies of the real graph with faults put in."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from pariscall import bundle
from pariscall.rdf.namespaces import BASE, MSC, XSD
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.pyshacl import PyShaclEngine
from pariscall.validation.shape_files import SETS
from support.tables import keep_some_parties

pytestmark = pytest.mark.slow

_DATE = NamedNode(XSD + "date")

# What a value is changed into: wrong codes, wrong kinds, wrong types. Days stay days: pySHACL
# lets pass what cannot be compared with them, against the recommendation.
_WRONG = st.sampled_from(
    [
        NamedNode(BASE + "code/status#gone"),
        NamedNode(BASE + "code/category#state"),
        NamedNode("http://example.org/elsewhere"),
        BlankNode("nobody"),
        Literal(""),
        Literal(" stray "),
        Literal("text", language="de"),
        Literal("2018-11-11", datatype=_DATE),
        Literal("2030-01-01", datatype=_DATE),
        Literal("-1", datatype=NamedNode(XSD + "integer")),
        Literal("write@me.example"),
    ]
)
# What a store of Oxigraph does not keep as it is written, and no shape looks at.
_UNRELATED = [
    Quad(NamedNode("http://example.org/other"), NamedNode("http://example.org/size"), literal)
    for literal in (
        Literal("1.0", datatype=NamedNode(XSD + "decimal")),
        Literal("24:00:00", datatype=NamedNode(XSD + "time")),
        Literal("12345678901234567890", datatype=NamedNode(XSD + "integer")),
    )
]
_PREDICATES = st.sampled_from([NamedNode(MSC + name) for name in ("category", "status", "sicne")])
_POSITIONS = st.integers(min_value=0)
_FAULTS = st.one_of(
    st.tuples(st.just("drop"), _POSITIONS, st.none()),
    st.tuples(st.just("change"), _POSITIONS, _WRONG),
    st.tuples(st.just("add"), _POSITIONS, _WRONG),
    st.tuples(st.just("rename"), _POSITIONS, _PREDICATES),
    st.tuples(st.just("move"), _POSITIONS, _POSITIONS),
)
_Fault = tuple[str, int, object]


@cache
def real() -> list[Quad]:
    """Take the real graph with a few of its parties, so that pySHACL ends in time."""
    with TemporaryDirectory() as folder:
        tables = shutil.copytree(bundle.TABLES, Path(folder) / "tables")
        keep_some_parties(tables)
        return list(TableGraph(tables).quads())


def with_fault(data: list[Quad], fault: _Fault) -> list[Quad]:
    kind, position, new = fault
    at = position % len(data)
    quad = data[at]
    if kind == "drop":
        return data[:at] + data[at + 1 :]
    if isinstance(new, int):
        changed = Quad(quad.subject, quad.predicate, data[new % len(data)].object)
    elif kind == "rename" and isinstance(new, NamedNode):
        changed = Quad(quad.subject, new, quad.object)
    elif isinstance(new, NamedNode | BlankNode | Literal):
        changed = Quad(quad.subject, quad.predicate, new)
    else:
        raise TypeError(new)
    if is_day(quad.object) != is_day(changed.object):
        return data
    return [*data[:at], *([quad] if kind == "add" else []), changed, *data[at + 1 :]]


def is_day(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype == _DATE


# The time goes by graph, and faults so far apart seldom hide each other: few graphs, many faults.
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(faults=st.lists(_FAULTS, min_size=80, max_size=240))
def test_both_engines_find_the_same_in_faulty_copies(faults: list[_Fault]) -> None:
    data = real()
    for fault in faults:
        data = with_fault(data, fault)
    shapes = read_shapes(SETS)
    everything = [*vocabulary(), *data]
    expected = PyShaclEngine(shapes).validate(everything)
    fast = OxigraphEngine(shapes)
    assert fast.validate(everything) == expected
    assert fast.validate([*everything, *_UNRELATED]) == expected
