"""Faults in one triple of the graph, as a converter or an editor of RDF makes them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from pariscall.rdf.namespaces import BASE, RDF, TYPE, XSD
from pariscall.rdf.prefixes import KNOWN_PREFIXES
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph

from .mutant import Mutant, TripleChange, pick, spread
from .source import Source

_LANG_STRING = NamedNode(RDF + "langString")
_STRING = NamedNode(XSD + "string")
_CODES = BASE + "code/"

Change = Callable[["Triples", Quad], Quad | None]


class Triples:
    """The triples of the sound data by property, and by class for the classes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.graph = TableGraph(source.folder)

    @cached_property
    def all(self) -> set[Quad]:
        """Every triple there is."""
        return set(self.graph.quads())

    @cached_property
    def vocabulary(self) -> set[Quad]:
        """The triples of the ontology and of the code lists."""
        return set(vocabulary())

    @cached_property
    def groups(self) -> dict[str, list[Quad]]:
        """Triples that a fault may befall alike, by the name of what they share."""
        found: dict[str, list[Quad]] = {}
        for quad in self.graph.quads():
            name = KNOWN_PREFIXES.compact(quad.predicate.value)
            if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
                name += f" {KNOWN_PREFIXES.compact(quad.object.value)}"
            found.setdefault(name, []).append(quad)
        return dict(sorted(found.items()))

    def location(self, quad: Quad) -> str:
        """Name the subject of a triple."""
        assert isinstance(quad.subject, NamedNode)
        return KNOWN_PREFIXES.compact(quad.subject.value)


def triple_mutants(source: Source) -> Iterator[Mutant]:
    """Make every fault in the triples of every property."""
    triples = Triples(source)
    for fault, change in TRIPLE_FAULTS.items():
        for name, quads in triples.groups.items():
            for quad in spread(quads, 1, f"{fault} {name}"):
                changed = change(triples, quad)
                if changed is not None:
                    yield _mutant(triples, fault, name, quad, changed)
    for name, quads in triples.groups.items():
        for quad in spread(quads, 1, f"triple lost {name}"):
            location = triples.location(quad)
            change_ = TripleChange((quad,), ())
            # What the vocabulary says as well is not lost to the graph that is published.
            after = _term(quad.object) if quad in triples.vocabulary else ""
            yield Mutant("triple lost", location, name, _term(quad.object), after, change_)


def _mutant(triples: Triples, fault: str, name: str, quad: Quad, changed: Quad) -> Mutant:
    removed = () if fault == "second value" else (quad,)
    before, after = _term(quad.object), _term(changed.object)
    if changed in triples.all:
        after = before  # what is there already changes nothing
    if changed.predicate != quad.predicate:
        before, after = name, KNOWN_PREFIXES.compact(changed.predicate.value)
    return Mutant(
        fault, triples.location(quad), name, before, after, TripleChange(removed, (changed,))
    )


def _term(term: object) -> str:
    return KNOWN_PREFIXES.compact(term.value) if isinstance(term, NamedNode) else str(term)


def _with(quad: Quad, value: NamedNode | Literal | None) -> Quad | None:
    return None if value is None else Quad(quad.subject, quad.predicate, value)


def _transposed(text: str) -> str:
    """Swap two letters in the middle of a name."""
    for at in range(len(text) // 2, len(text) - 1):
        if text[at] != text[at + 1]:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return f"{text}s"


def _misspelt_property(_: Triples, quad: Quad) -> Quad | None:
    if quad.predicate == TYPE:
        return None
    iri = quad.predicate.value
    local = max(iri.rfind("#"), iri.rfind("/")) + 1
    predicate = NamedNode(iri[:local] + _transposed(iri[local:]))
    return Quad(quad.subject, predicate, quad.object)


def _code(quad: Quad) -> tuple[str, str] | None:
    """Split the IRI of a code into list and code."""
    if not isinstance(quad.object, NamedNode) or not quad.object.value.startswith(_CODES):
        return None
    name, _, code = quad.object.value.removeprefix(_CODES).partition("#")
    return name, code


def _unknown_code(_: Triples, quad: Quad) -> Quad | None:
    code = _code(quad)
    return code and _with(quad, NamedNode(f"{_CODES}{code[0]}#{_transposed(code[1])}"))


def _code_of_another_list(triples: Triples, quad: Quad) -> Quad | None:
    code = _code(quad)
    if code is None:
        return None
    name = pick(triples.source.lists, str(quad), but=code[0])
    return _with(quad, NamedNode(f"{_CODES}{name}#{triples.source.lists[str(name)][0]}"))


def _dangling(_: Triples, quad: Quad) -> Quad | None:
    value = quad.object
    if quad.predicate == TYPE or _code(quad) or not isinstance(value, NamedNode):
        return None
    return _with(quad, NamedNode(f"{value.value}-0")) if value.value.startswith(BASE) else None


def _text_for_resource(_: Triples, quad: Quad) -> Quad | None:
    if quad.predicate == TYPE or not isinstance(quad.object, NamedNode):
        return None
    return _with(quad, Literal(quad.object.value))


def _resource_for_text(_: Triples, quad: Quad) -> Quad | None:
    is_text = isinstance(quad.object, Literal)
    return _with(quad, NamedNode(f"{BASE}{abs(len(str(quad)))}")) if is_text else None


def _typed(quad: Quad) -> Literal | None:
    is_typed = isinstance(quad.object, Literal) and quad.object.datatype not in (
        _LANG_STRING,
        _STRING,
    )
    return quad.object if is_typed and isinstance(quad.object, Literal) else None


def _other_datatype(_: Triples, quad: Quad) -> Quad | None:
    value = _typed(quad)
    return value and _with(quad, Literal(value.value))


def _ill_typed(_: Triples, quad: Quad) -> Quad | None:
    value = _typed(quad)
    return value and _with(quad, Literal(f"{value.value}-31", datatype=value.datatype))


def _language(quad: Quad) -> Literal | None:
    value = quad.object
    return value if isinstance(value, Literal) and value.language else None


def _language_lost(_: Triples, quad: Quad) -> Quad | None:
    value = _language(quad)
    return value and _with(quad, Literal(value.value))


def _other_language(_: Triples, quad: Quad) -> Quad | None:
    value = _language(quad)
    return value and _with(quad, Literal(value.value, language="de"))


def _second_value(triples: Triples, quad: Quad) -> Quad | None:
    """Add the value that another subject has."""
    if quad.predicate == TYPE:
        return None
    group = triples.groups[KNOWN_PREFIXES.compact(quad.predicate.value)]
    others = [other.object for other in group if other.object != quad.object]
    if not others:
        return None
    chance = random.Random(str(quad))  # noqa: S311
    return Quad(quad.subject, quad.predicate, chance.choice(others))


def _wrong_class(triples: Triples, quad: Quad) -> Quad | None:
    if quad.predicate != TYPE or not isinstance(quad.object, NamedNode):
        return None
    classes = [q[0].object for q in triples.groups.values() if q[0].predicate == TYPE]
    names = [name.value for name in classes if isinstance(name, NamedNode)]
    return _with(quad, NamedNode(str(pick(names, str(quad), but=quad.object.value))))


TRIPLE_FAULTS: dict[str, Change] = {
    "misspelt property": _misspelt_property,
    "unknown code IRI": _unknown_code,
    "code IRI of another list": _code_of_another_list,
    "dangling IRI": _dangling,
    "text for a resource": _text_for_resource,
    "resource for a text": _resource_for_text,
    "other datatype": _other_datatype,
    "ill-typed value": _ill_typed,
    "language lost": _language_lost,
    "other language": _other_language,
    "second value": _second_value,
    "wrong class": _wrong_class,
}
