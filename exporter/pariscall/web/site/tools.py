"""The tool pages: charts, and SPARQL in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...io.compression import compress_once
from ...rdf.namespaces import PREFIXES
from . import figures, vendor
from .messages import words
from .page import Content, Page

# What the editor holds at first: a short query with a parameter.
_FIRST = "supporters-of-a-country"
_VIEWS = ("table", "bars", "map", "timeline")
_SAID = ("first", "more", "mapped", "unmapped", "timed", "failed")


@dataclass(frozen=True)
class Weight:
    """The bytes that the first query loads, as they are and compressed."""

    whole: int
    compressed: int


def weigh(content: Content) -> Weight:
    """Return what the engine and the data weigh; the data are always sent compressed."""
    engine, data = _engine(), len(content.packed)
    return Weight(engine.whole + data, engine.compressed + data)


@cache
def _engine() -> Weight:
    content = (vendor.FOLDER / "oxigraph" / "web_bg.wasm").read_bytes()
    return Weight(len(content), len(compress_once(content)))


def tools(content: Content, lang: str) -> Iterator[Page]:
    """Yield the tool pages."""
    yield Page(
        "charts",
        "charts.html",
        values={"countries": figures.countries(content.resources, content.documents)},
    )
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    names = [query.name for query in content.queries]
    yield Page(
        "sparql",
        "sparql.html",
        values={
            "queries": content.queries,
            "first": _FIRST if _FIRST in names else names[0],
            "weight": weigh(content),
            "shown": {name: words(lang)[f"view_{name}"] for name in (*_VIEWS, *_SAID)},
            "prefixes": PREFIXES,
            "prologue": prefixes,
        },
    )
