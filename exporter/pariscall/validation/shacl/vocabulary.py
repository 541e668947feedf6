"""The terms of SHACL: which there are, and which no engine here understands."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from ...io.extras import require
from ...rdf.namespaces import RDFS, SH

# What https://www.w3.org/TR/shacl-af/ adds, which pySHACL runs only in its advanced mode, where
# rules change the data that they judge; and entailment, which no engine here does.
_BEYOND = frozenset(
    {
        "entailment",
        *("ExpressionConstraintComponent", "Function", "ResultAnnotation", "Rule", "SPARQLRule"),
        *("SPARQLConstructExecutable", "SPARQLFunction", "SPARQLTarget", "SPARQLTargetType"),
        *("Target", "TargetType", "TripleRule", "annotationProperty", "annotationValue"),
        *("annotationVarName", "condition", "construct", "expression", "filterShape"),
        *("intersection", "nodes", "object", "predicate", "resultAnnotation", "returnType"),
        *("rule", "subject", "target", "this", "union", "update"),
    }
)
# What is run of SHACL 1.2 Core (https://www.w3.org/TR/shacl12-core/), and what is not.
OF_NEXT = frozenset(
    {"singleLine", "memberShape", "uniqueMembers", "minListLength", "maxListLength"}
)
_BEYOND_NEXT = frozenset(
    {
        *("nodeByExpression", "reifierShape", "reificationRequired", "rootClass", "someValue"),
        *("subsetOf", "targetWhere", "uniqueValuesForClass", "values", "expression"),
    }
)


@cache
def terms() -> frozenset[str]:
    """Give the local name of every term that the W3C's vocabulary defines."""
    defined = parse(path=str(asset("shacl.ttl")), format=RdfFormat.TURTLE)
    return OF_NEXT | {
        quad.subject.value.removeprefix(SH)
        for quad in defined
        if quad.predicate.value == RDFS + "isDefinedBy" and isinstance(quad.subject, NamedNode)
    }


def is_beyond(name: str) -> bool:
    """Tell whether a term is of SHACL Advanced Features, SHACL JavaScript or entailment."""
    first = name.partition("-")[0]
    return first in _BEYOND or first in _BEYOND_NEXT or name.lower().startswith("js")


def asset(name: str) -> Path:
    """Find a file of the W3C that comes with pySHACL, without loading pySHACL.

    Raises:
        MisuseError: if pySHACL is not installed.
    """
    require("validation", "validate")
    spec = find_spec("pyshacl")
    return Path((spec and spec.origin) or "").parent / "assets" / name
