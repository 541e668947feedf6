"""Each constraint component of SHACL Core as the check that finds its violations.

The recommendation defines every component by such a query:
https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from ...rdf.namespaces import RDF, RDFS, SH, XSD
from .check import Check, any_of, unless
from .graph import is_true
from .result import Term
from .shapes import Shape, UnsupportedError

if TYPE_CHECKING:
    from .compiler import Compiler

# A count is checked by looking for that many different values at once.
_MOST_COUNTED = 4

# XSD datatypes whose values Oxigraph can tell from ill-typed ones, by casting. It cannot for
# xsd:gMonthDay, of which it thinks that there is no 29 February.
_CASTS = {
    XSD + name
    for name in (
        *("boolean", "decimal", "double", "float", "integer"),
        *("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gDay"),
        *("duration", "dayTimeDuration", "yearMonthDuration"),
    )
}
_ANY_TEXT = {XSD + "anyURI", XSD + "string"}
_NODE_KINDS = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}
_ORDERINGS = {
    "minExclusive": ">",
    "minInclusive": ">=",
    "maxExclusive": "<",
    "maxInclusive": "<=",
}


def _class(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    path = f"<{RDF}type>/<{RDFS}subClassOf>*"
    # Most values have the class itself, and looking for that is faster than following a path.
    condition = " && ".join(
        f"NOT EXISTS {{ {value} {way} {parameter} }}" for way in (f"<{RDF}type>", path)
    )
    yield Check("ClassConstraintComponent", binding, condition, value)


def _datatype(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = f"isLiteral({value}) && DATATYPE({value}) = {parameter}"
    iri = parameter.value if isinstance(parameter, NamedNode) else ""
    if iri in _CASTS:
        condition += f" && STRLEN(STR({parameter}(STR({value})))) > 0"
    elif iri.startswith(XSD) and iri not in _ANY_TEXT:
        raise UnsupportedError(f"the datatype {parameter}")
    yield Check("DatatypeConstraintComponent", binding, unless(condition), value)


def _node_kind(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    kind = parameter.value.removeprefix(SH) if isinstance(parameter, NamedNode) else ""
    if kind not in _NODE_KINDS:
        raise UnsupportedError(f"the node kind {parameter}")
    condition = unless(_NODE_KINDS[kind].format(value))
    yield Check("NodeKindConstraintComponent", binding, condition, value)


def _min_count(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    least = _number(parameter)
    if least > 0:
        different = _different(to, shape, focus, least)
        yield Check("MinCountConstraintComponent", "", f"NOT EXISTS {{ {different} }}")


def _max_count(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    different = _different(to, shape, focus, _number(parameter) + 1)
    yield Check("MaxCountConstraintComponent", "", f"EXISTS {{ {different} }}")


def _ordering(name: str) -> Callable[[Compiler, Shape, Term, str], Iterator[Check]]:
    component = name[0].upper() + name[1:] + "ConstraintComponent"

    def make(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
        value, binding = to.values(shape, focus)
        condition = unless(f"{value} {_ORDERINGS[name]} {parameter}")
        yield Check(component, binding, condition, value)

    return make


def _min_length(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = unless(f"!isBlank({value}) && STRLEN(STR({value})) >= {_number(parameter)}")
    yield Check("MinLengthConstraintComponent", binding, condition, value)


def _max_length(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = unless(f"!isBlank({value}) && STRLEN(STR({value})) <= {_number(parameter)}")
    yield Check("MaxLengthConstraintComponent", binding, condition, value)


def _pattern(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    flags = "".join(f", {flag}" for flag in shape.all("flags"))
    _check_regex(f"{parameter}{flags}")
    condition = unless(f"!isBlank({value}) && REGEX(STR({value}), {parameter}{flags})")
    yield Check("PatternConstraintComponent", binding, condition, value)


def _language_in(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    matches = [f"LANGMATCHES(LANG({value}), {tag})" for tag in to.items(parameter)]
    condition = f"isLiteral({value}) && LANG({value}) != '' && ({any_of(matches)})"
    yield Check("LanguageInConstraintComponent", binding, unless(condition), value)


def _unique_lang(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    if is_true([parameter]):
        one, other = to.variable(), to.variable()
        triples = f"{focus} {shape.path} {one} . {focus} {shape.path} {other} . "
        same = f"LANG({one}) != '' && LANG({one}) = LANG({other}) && !sameTerm({one}, {other})"
        yield Check("UniqueLangConstraintComponent", triples, same)


def _equals(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    missing = f"NOT EXISTS {{ {focus} {parameter} {value} }}"
    yield Check("EqualsConstraintComponent", binding, missing, value)
    other = to.variable()
    is_value = (
        f"EXISTS {{ {focus} {shape.path} {other} }}"
        if shape.path
        else f"sameTerm({focus}, {other})"
    )
    yield Check(
        "EqualsConstraintComponent", f"{focus} {parameter} {other} . ", f"!{is_value}", other
    )


def _disjoint(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    triples = f"{binding}{focus} {parameter} {value} . "
    yield Check("DisjointConstraintComponent", triples, "true", value)


def _less_than(name: str, operator: str) -> Callable[[Compiler, Shape, Term, str], Iterator[Check]]:
    component = name[0].upper() + name[1:] + "ConstraintComponent"

    def make(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
        value, binding = to.values(shape, focus)
        other = to.variable()
        triples = f"{binding}{focus} {parameter} {other} . "
        yield Check(component, triples, unless(f"{value} {operator} {other}"), value)

    return make


def _not(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    yield Check("NotConstraintComponent", binding, to.conforms(parameter, value), value)


def _and(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = f"!({' && '.join(to.all_conform(parameter, value)) or 'true'})"
    yield Check("AndConstraintComponent", binding, condition, value)


def _or(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = f"!({any_of(to.all_conform(parameter, value))})"
    yield Check("OrConstraintComponent", binding, condition, value)


def _xone(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    ones = [f"IF({condition}, 1, 0)" for condition in to.all_conform(parameter, value)]
    condition = f"{' + '.join(ones) or '0'} != 1"
    yield Check("XoneConstraintComponent", binding, condition, value)


def _node(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    condition = f"!{to.conforms(parameter, value)}"
    yield Check("NodeConstraintComponent", binding, condition, value)


def _qualified(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    for least in shape.all("qualifiedMinCount"):
        if _number(least) > 0:
            some = _different(to, shape, focus, _number(least), parameter)
            component = "QualifiedMinCountConstraintComponent"
            yield Check(component, "", f"NOT EXISTS {{ {some} }}")
    for most in shape.all("qualifiedMaxCount"):
        some = _different(to, shape, focus, _number(most) + 1, parameter)
        yield Check("QualifiedMaxCountConstraintComponent", "", f"EXISTS {{ {some} }}")


def _closed(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    if not is_true([parameter]):
        return
    if shape.path is not None:
        raise UnsupportedError("closed property shapes")
    allowed = [inner.path for inner in to.properties(shape) if inner.path]
    for ignored in shape.all("ignoredProperties"):
        allowed += [str(item) for item in to.items(ignored)]
    predicate, value = to.variable(), to.variable()
    simple = ", ".join(path for path in allowed if path.startswith("<"))
    triples, condition = f"{focus} {predicate} {value} . ", f"{predicate} NOT IN ({simple})"
    yield Check("ClosedConstraintComponent", triples, condition, value, predicate)


def _has_value(_: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    [term] = _writable(parameter)
    if shape.path is None:
        yield Check("HasValueConstraintComponent", "", f"!sameTerm({focus}, {term})")
    else:
        condition = f"NOT EXISTS {{ {focus} {shape.path} {term} }}"
        yield Check("HasValueConstraintComponent", "", condition)


def _in(to: Compiler, shape: Shape, parameter: Term, focus: str) -> Iterator[Check]:
    value, binding = to.values(shape, focus)
    members = any_of([f"sameTerm({value}, {item})" for item in to.items(parameter)])
    yield Check("InConstraintComponent", binding, f"!({members})", value)


# The SHACL properties whose values are constraints, and how each is checked.
COMPONENTS: dict[str, Callable[[Compiler, Shape, Term, str], Iterator[Check]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _min_count,
    "maxCount": _max_count,
    **{name: _ordering(name) for name in _ORDERINGS},
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than("lessThan", "<"),
    "lessThanOrEquals": _less_than("lessThanOrEquals", "<="),
    "not": _not,
    "and": _and,
    "or": _or,
    "xone": _xone,
    "node": _node,
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _has_value,
    "in": _in,
}

SUPPORTED = frozenset(COMPONENTS) | {
    "flags",
    "ignoredProperties",
    "property",
    "qualifiedMaxCount",
    "qualifiedMinCount",
    "sparql",
}


def _different(
    to: Compiler, shape: Shape, focus: str, number: int, conforming_to: Term | None = None
) -> str:
    """Match so many different values of a path, each conforming to a shape if one is given."""
    if number > _MOST_COUNTED:
        raise UnsupportedError(f"counts above {_MOST_COUNTED - 1}")
    values = [to.variable() for _ in range(number)]
    parts = [f"{focus} {shape.path} {value} . " for value in values]
    parts += [f"FILTER (!sameTerm({one}, {other})) " for one, other in combinations(values, 2)]
    if conforming_to is not None:
        parts += [f"FILTER ({to.conforms(conforming_to, value)}) " for value in values]
    return "".join(parts)


def _check_regex(pattern_and_flags: str) -> None:
    """Leave regular expressions beyond those of Oxigraph, such as lookaheads, to the reference."""
    tried = Store().query(f"SELECT (REGEX('', {pattern_and_flags}) AS ?matches) {{}}")
    if not isinstance(tried, QuerySolutions) or next(tried)["matches"] is None:
        raise UnsupportedError(f"the pattern {pattern_and_flags}")


def _number(parameter: Term) -> int:
    if isinstance(parameter, Literal) and parameter.value.lstrip("+").isdecimal():
        return int(parameter.value)
    raise UnsupportedError(f"the number {parameter}")


def _writable(term: Term) -> list[Term]:
    if isinstance(term, BlankNode):
        raise UnsupportedError("blank nodes as values")
    return [term]
