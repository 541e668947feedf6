"""No hostile input ends in a traceback, a signal, a gigabyte of memory, or more than its time."""

from __future__ import annotations

from importlib import import_module

import pytest

from hostile import shapes
from hostile.registry import Try, load
from pariscall.rdf import canonical
from support.command import run_command
from support.registry import templates
from support.tries import watch

# Each hostile client has a server of its own here; the tests of the server ask one for all of them.
ELSEWHERE = {"clients"}
TRIES = {
    f"{kind}: {one.name}": one
    for kind, tries in load().items()
    if kind not in ELSEWHERE
    for one in tries()
}


# What commands import when they run, so that the process of a try need not import it anew.
IMPORTED = (
    "encodings.utf_8_sig",
    "openpyxl",
    "pariscall.publish.diff.changelog",
    "pariscall.query.results",
    "pariscall.validation.limits",
    "pariscall.validation.locations.plain",
    "pariscall.validation.locations.turtle",
    "pariscall.validation.reports",
    "pariscall.web.endpoint.app",
    "pariscall.web.endpoint.endpoint",
    "pyshacl",
    "uvicorn.protocols.http.h11_impl",
)


@pytest.fixture(scope="module", autouse=True)
def _import_once() -> None:
    for name in IMPORTED:
        import_module(name)
    # Reads the shapes of shapes, which then need not be read anew either.
    shapes.validate("oxigraph", shapes.HARMLESS["a pattern that goes back"])
    templates()


@pytest.fixture(scope="module", autouse=True)
def _warm_cache(tmp_path_factory: pytest.TempPathFactory, cache: None) -> None:  # noqa: ARG001 it says where
    """Keep the graph on disk before: its database cannot be written by a fork of a process that used it."""
    run_command(tmp_path_factory.mktemp("warm"), ["query", "ASK {}"])


@pytest.fixture(autouse=True)
def _give_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up the naming of blank nodes after a fifth of a second; ``make hostile`` waits as users do."""
    monkeypatch.setattr(canonical, "_SECONDS", 0.2)


@pytest.mark.slow
@pytest.mark.parametrize("one", TRIES.values(), ids=TRIES)
def test_a_hostile_input_is_refused_on_one_line(one: Try) -> None:
    failure, _ = watch(one.run, one.seconds)
    assert failure == ""
