"""The tests of the W3C's SHACL suites in which an engine differs, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_BINDING = "sparql/pre-binding/"
_NO_COMPONENTS = "custom constraint components are passed over"
_NOT_REFUSED = "a query that pre-binding forbids (appendix A) is run, where a failure is expected"
_UNREAD = "no SPARQL constraints"


def _named(prefix: str, names: str, reason: str) -> Mapping[str, str]:
    return {f"{prefix}{name}": reason for name in names.split()}


_UNSUPPORTED = "pre-binding-006 unsupported-sparql-001 unsupported-sparql-002"
_COMPONENTS = "nodeValidator-001 optional-001 propertyValidator-select-001 validator-001"
KNOWN: Mapping[str, Mapping[str, str]] = {
    "pariscall": {},
    "pyshacl": {
        "core/property/datatype-001": "an ill-typed date and time is reported in another spelling",
        "sparql/node/prefixes-001": "prefixes are not read along `owl:imports`: the query fails",
        f"{_BINDING}shapesGraph-001": "`$shapesGraph` is not supported",
    },
    "jena": {
        "core/path/path-sequence-002": "a path of three steps is reported as one of two in one",
        "core/property/uniqueLang-001": "the literal is reported as a value",
        "sparql/node/prefixes-001": "`owl:imports` is fetched, though the graph itself holds it",
        **_named(
            _BINDING,
            f"{_UNSUPPORTED} unsupported-sparql-003 unsupported-sparql-004 "
            "unsupported-sparql-005 unsupported-sparql-006",
            _NOT_REFUSED,
        ),
    },
    "topbraid": _named(
        _BINDING,
        f"{_UNSUPPORTED} unsupported-sparql-003 unsupported-sparql-004 unsupported-sparql-006",
        _NOT_REFUSED,
    ),
    "shacl-engine": {
        **_named("sparql/component/", _COMPONENTS, _NO_COMPONENTS),
        f"{_BINDING}pre-binding-003": "`$this` is not bound in a group within a group",
        f"{_BINDING}shapesGraph-001": "`$shapesGraph` is not bound",
        **_named(
            _BINDING,
            f"{_UNSUPPORTED} unsupported-sparql-004 unsupported-sparql-006",
            _NOT_REFUSED,
        ),
    },
    "rdf-validate-shacl": {
        **_named("sparql/component/", _COMPONENTS, _NO_COMPONENTS),
        "sparql/node/prefixes-001": "`owl:imports` needs a loader: it ends with an error",
        **_named("sparql/node/", "sparql-001 sparql-002 sparql-003", _UNREAD),
        **_named("sparql/property/", "sparql-001", _UNREAD),
        **_named(
            _BINDING,
            f"pre-binding-001 pre-binding-002 pre-binding-003 pre-binding-004 pre-binding-005 "
            f"pre-binding-007 shapesGraph-001 {_UNSUPPORTED} unsupported-sparql-003 "
            "unsupported-sparql-004 unsupported-sparql-005 unsupported-sparql-006",
            _UNREAD,
        ),
    },
}


def rows() -> Iterator[str]:
    """Return the differences as rows of Markdown: the engine, the tests and the reason."""
    for engine, known in KNOWN.items():
        for reason in dict.fromkeys(known.values()):
            tests = ", ".join(f"`{test}`" for test, said in known.items() if said == reason)
            yield f"| {engine} | {tests} | {reason} |"
