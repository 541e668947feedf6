"""A vocabulary is converted once, and what was kept is what would be made again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple

from pariscall import bundle
from pariscall.io.cache import caching
from pariscall.publish import vocabularies as module
from pariscall.publish.export import export
from pariscall.publish.vocabularies import VOCABULARIES, vocabularies
from pariscall.rdf import serializer

FORMATS = ("nt", "jsonld", "rdf")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pariscall" / "conversions"


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is converted; the project has no shapes of its own here."""
    targets: list[str] = []
    write = serializer.write

    def noting(triples: list[Triple], target: RdfFormat) -> bytes:
        targets.append(str(target))
        return write(triples, target)

    monkeypatch.setattr(module, "write", noting)
    monkeypatch.setattr(module, "project_shapes", list)
    return targets


def test_the_second_time_nothing_is_converted(converted: list[str]) -> None:
    first = dict(vocabularies(FORMATS))
    made = len(converted)
    assert made == len(FORMATS) * len(VOCABULARIES)
    assert dict(vocabularies(FORMATS)) == first
    assert len(converted) == made


def test_without_the_cache_everything_is(converted: list[str]) -> None:
    first = dict(vocabularies(["nt"]))
    with caching(is_used=False):
        assert dict(vocabularies(["nt"])) == first
    assert len(converted) == 2 * len(VOCABULARIES)


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda kept: kept[:-1], lambda kept: kept.partition(b"\n")[2]],
)
def test_what_is_damaged_is_made_again(
    home: Path, converted: list[str], damage: Callable[[bytes], bytes]
) -> None:
    first = dict(vocabularies(["nt"]))
    entry = next(home.iterdir())
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert dict(vocabularies(["nt"])) == first
    assert len(converted) == 2 * len(VOCABULARIES)
    assert entry.read_bytes() == whole


def test_a_changed_file_or_prefix_is_converted_anew(
    tmp_path: Path, converted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / bundle.CODES.name
    shutil.copy(bundle.CODES, copy)
    monkeypatch.setattr(module, "VOCABULARIES", {"codes": [copy]})
    before = dict(vocabularies(["rdf"]))
    copy.write_text(copy.read_text(encoding="utf-8") + "\n<urn:a> a <urn:b> .\n", encoding="utf-8")
    assert dict(vocabularies(["rdf"])) != before
    monkeypatch.setattr(module, "PREFIXES", {"ex": "http://example.org/"})
    dict(vocabularies(["rdf"]))
    assert len(converted) == 3


@pytest.mark.slow
def test_what_passed_once_is_exported_without_the_engine_that_judges(tmp_path: Path) -> None:
    """Its import alone would take as long as the writing."""
    export(tmp_path / "first", ["nt"])
    program = (
        "import sys; from pathlib import Path; from pariscall.publish.export import export;"
        f"export(Path({str(tmp_path / 'second')!r}), ['nt']);"
        "print(*sorted(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    loaded = set(ran.stdout.split())
    assert "pariscall.validation.gate_report" in loaded
    assert not loaded & {"pariscall.validation.validate", "pariscall.validation.reports"}
    assert not loaded & {"urllib.request", "xml.sax.saxutils"}
    for name in ("paris-call.nt", "vocabulary/ontology.nt"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
