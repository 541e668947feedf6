"""What is drawn, projected or compressed once is kept, and is what would be made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import deflate
import pytest
import resvg_py
import vl_convert

from pariscall.io.cache import caching
from pariscall.io.compression import compress, compress_once
from pariscall.publish.dumps import geojson
from pariscall.web.site import charts, ecosystem_layout, world
from pariscall.web.site.ecosystem_layout import Disc, arrange
from pariscall.web.site.raster import SETTINGS, to_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">x</text></svg>'
SMALL, LARGE = b"some of them", b"all of them " * 100_000
CALLS = (("Paris Call", "Tide Pledge", 7),)


def overlaps() -> object:
    charts.draw_overlaps.cache_clear()
    return charts.draw_overlaps(CALLS, "en")


def countries() -> object:
    world.shapes.cache_clear()
    return world.shapes()


def layout() -> object:
    discs = [Disc(30, []), Disc(60, [0])]
    return arrange(discs[:1], discs[1:], 300), discs


# By the folder of the cache, what is made, and by what: a module and its function.
MADE: dict[str, tuple[Callable[[], object], Any, str]] = {
    "pictures": (lambda: to_png(SVG), resvg_py, "svg_to_bytes"),
    "charts": (overlaps, vl_convert, "vegalite_to_svg"),
    "maps": (countries, world, "borders"),
    "layouts": (layout, ecosystem_layout, "sqrt"),
    "geometries": (geojson.geometries, geojson, "borders"),
    "compressed": (lambda: compress_once(LARGE), deflate, "gzip_compress"),
    "compressed-small": (lambda: compress_once(SMALL), deflate, "gzip_compress"),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pariscall"


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[str]:
    """Note each time that a function makes something."""
    calls: list[str] = []
    make = getattr(module, name)

    def counting(*args: object, **named: object) -> object:
        calls.append(name)
        return make(*args, **named)

    monkeypatch.setattr(module, name, counting)
    return calls


@pytest.mark.slow
@pytest.mark.parametrize("folder", MADE)
def test_it_is_made_once_and_again_where_nothing_kept_is_to_be_used(
    home: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    made, *tool = MADE[folder]
    calls = counted(monkeypatch, *tool)
    first = made()
    assert len(list((home / folder).iterdir())) > 0
    number = len(calls)
    assert number > 0
    assert made() == first
    assert len(calls) == number
    with caching(is_used=False):
        assert made() == first
    assert len(calls) == 2 * number


@pytest.mark.slow
@pytest.mark.parametrize("folder", MADE)
@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda kept: kept[:-1],
        lambda kept: kept[:-1] + bytes([kept[-1] ^ 1]),
        lambda kept: kept.partition(b"\n")[2],
    ],
)
def test_what_is_damaged_is_made_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, folder: str, damage: Callable[[bytes], bytes]
) -> None:
    made, *tool = MADE[folder]
    first = made()
    whole = {entry: entry.read_bytes() for entry in (home / folder).iterdir()}
    for entry, kept in whole.items():
        entry.write_bytes(damage(kept))
    calls = counted(monkeypatch, *tool)
    assert made() == first
    assert len(calls) >= len(whole)
    assert {entry: entry.read_bytes() for entry in (home / folder).iterdir()} == whole


@pytest.mark.slow
@pytest.mark.parametrize("folder", MADE)
def test_without_a_place_to_keep_it_it_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    made, *tool = MADE[folder]
    first = made()
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    calls = counted(monkeypatch, *tool)
    assert made() == first
    assert calls


def test_what_is_made_of_something_else_is_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = to_png(SVG), to_png(SVG, 3)
    assert small != large
    assert to_png(SVG.replace("x<", "y<")) != small
    assert charts.draw_overlaps(CALLS, "fr") != charts.draw_overlaps((("A", "B", 7),), "fr")
    assert compress_once(LARGE) == compress(LARGE) != compress_once(LARGE + b"!")
    monkeypatch.setitem(SETTINGS, "background", "#000000")
    assert to_png(SVG) != small


@pytest.mark.parametrize(
    ("folder", "where", "value"),
    [
        ("pictures", (resvg_py, "__version__"), "999"),
        ("charts", (charts, "version"), lambda _: "999"),
        ("compressed", (deflate, "__version__"), "999"),
    ],
)
def test_another_version_of_the_tool_makes_it_again(
    monkeypatch: pytest.MonkeyPatch, folder: str, where: tuple[Any, str], value: Any
) -> None:
    made, *tool = MADE[folder]
    made()
    calls = counted(monkeypatch, *tool)
    monkeypatch.setattr(*where, value)
    made()
    assert calls
