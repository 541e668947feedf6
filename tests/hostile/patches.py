"""Patches that were changed, for ``patch``, which writes only what it checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from pariscall.publish.diff.snapshot import state_iri
from support.in_process import command, in_a_folder

from .registry import Try, hostile

STATE = '<http://e/s> <http://e/p> "1" .'
OTHER = '<http://e/s> <http://e/p> "2" .'
_DEEP = "<<( <e:s> <e:p> " * 50_000
_LONG = "x" * 5_000_000
ROWS = {
    "no triple": "nonsense",
    "nothing": "",
    "a comment": "# only a remark",
    "half a triple": "<http://e/s> <http://e/p> .",
    "a quad": '<http://e/s> <http://e/p> "2" <http://e/g> .',
    "a text as its subject": '"a" <http://e/p> "2" .',
    "two blanks": '<http://e/s>  <http://e/p> "2" .',
    "a comment after it": f"{OTHER} # more",
    "two triples": f"{OTHER} {OTHER}",
    "an escape": '<http://e/s> <http://e/p> "\\u0041" .',
    "a carriage return": '<http://e/s> <http://e/p> "\r" .',
    "a terminal's escape": "\x1b[2J\x07",
    "a line separator": '<http://e/s>\u2028<http://e/p> "2" .',
    "a zero": '<http://e/s> <http://e/p> "\0" . \0',
    "a relative IRI": '<s> <p> "2" .',
    "an IRI that ends the line": "<http://e/s> <http://e/p> <http://e/o\\u003E> .",
    "a surrogate": '<http://e/s> <http://e/p> "\\uD800" .',
    "a prefix": "@prefix e: <http://e/> .",
    "an update": "<> <> <> . } ; DROP ALL #",
    "a blank node": '_:b <http://e/p> "2" .',
    "triple terms": f"<http://e/s> <http://e/p> {_DEEP}1",
    "a long text without an end": f'<http://e/s> <http://e/p> "{_LONG}',
    "a long language": f'<http://e/s> <http://e/p> "2"@{_LONG} .',
}
_ADD = f"TX .\nA {OTHER}\nTC .\n"
_HEADERS = f"H id <{state_iri([STATE, OTHER])}> .\nH prev <{state_iri([STATE])}> .\n"
PATCHES = {
    "no header": _ADD,
    "one header": _HEADERS.split("\n", maxsplit=1)[0] + "\n" + _ADD,
    "a header twice": _HEADERS + _HEADERS + _ADD,
    "an unknown header": _HEADERS + "H \x1b[2J <urn:a> .\n" + _ADD,
    "a header in the transaction": f"TX .\n{_HEADERS}A {OTHER}\nTC .\n",
    "no transaction": f"{_HEADERS}A {OTHER}\n",
    "a transaction without an end": f"{_HEADERS}TX .\nA {OTHER}\n",
    "a transaction that is given up": f"{_HEADERS}TX .\nA {OTHER}\nTA .\n",
    "two transactions": _HEADERS + _ADD + _ADD,
    "the last line cut": (_HEADERS + _ADD)[:-1],
    "prefixes": f"{_HEADERS}TX .\nPA e: <http://e/> .\nA {OTHER}\nTC .\n",
    "another state before": _HEADERS.replace(state_iri([STATE]), state_iri([OTHER])) + _ADD,
    "another state after": _HEADERS.replace(state_iri([STATE, OTHER]), state_iri([OTHER])) + _ADD,
    "no change, another state": f"{_HEADERS}TX .\nTC .\n",
    "deletes what is not there": f"{_HEADERS}TX .\nD {OTHER}\nA {OTHER}\nTC .\n",
    "adds what is there": f"{_HEADERS}TX .\nA {STATE}\nA {OTHER}\nTC .\n",
    "UTF-16": (_HEADERS + _ADD).encode("utf-16").decode("latin-1"),
}
# Made by the try that needs it, so that they do not all take memory at once.
LARGE: dict[str, Callable[[], str]] = {
    "a million headers": lambda: "H id <urn:a> .\n" * 1_000_000,
    "a million empty rows": lambda: f"{_HEADERS}TX .\n" + "A \n" * 1_000_000 + "TC .\n",
    "one long row": lambda: f"{_HEADERS}TX .\nA " + "x" * 20_000_000,
    "a long header": lambda: f"H id <{'x' * 20_000_000}> .\n",
    "zeros": lambda: "\0" * 5_000_000,
}


def changed(kind: str, row: str) -> str:
    """Return a patch that adds or deletes a row, whose headers fit it."""
    before, after = state_iri([STATE]), state_iri(sorted([STATE, row]))
    if kind == "D":
        before, after = after, before
    return f"H id <{after}> .\nH prev <{before}> .\nTX .\n{kind} {row}\nTC .\n"


def apply(text: str, *options: str) -> None:
    """Apply a patch with the command, which must write nothing if it refuses."""
    content = text.encode("utf-8", "surrogatepass")
    with in_a_folder({"old.nt": f"{STATE}\n".encode(), "p.rdfp": content}):
        try:
            command("patch", "old.nt", "p.rdfp", "-o", "new.nt", *options)
        finally:
            assert not Path("new.nt").exists(), "it was written"


def _apply_made(make: Callable[[], str]) -> None:
    apply(make())


def _apply_changed(kind: str, row: str, *options: str) -> None:
    apply(changed(kind, row), *options)


@hostile("patches")
def patches() -> Iterator[Try]:
    """Yield each patch, and each row as one to add and as one to delete, there and back."""
    for what, text in PATCHES.items():
        yield Try(what, partial(apply, text))
    for what, make in LARGE.items():
        yield Try(what, partial(_apply_made, make))
    for what, row in ROWS.items():
        yield Try(f"adds {what}", partial(_apply_changed, "A", row))
        yield Try(f"deletes {what}, backwards", partial(_apply_changed, "D", row, "--reverse"))
