"""The countries as GeoJSON, with the number of supporters of each, for QGIS, GDAL and web maps."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from ...io.cache import Cache, hash_files
from ...rdf.namespaces import COUNTRY
from ...tables.borders import SOURCES, Ring, borders
from ...tables.document import Document
from ...tables.rows import Row
from .signatory import REGIONS

_DIGITS = 3  # of a degree: a hundred metres, finer than the map
_KOSOVO = "1A0"  # has no code of ISO 3166-1; Natural Earth has its shape
_CACHE = Cache("geometries", 4)
_COLUMNS = ("country", "alpha2", "alpha3", "m49", "name_en", "name_fr", "region")


class GeoJsonWriter:
    """Writes RFC 7946: a feature for each country, with the supporters of today by call and category.

    A country without a shape has no geometry; one that is no longer has no feature, unless it has supporters.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._countries: dict[str, Row] = {}
        self._supporters: dict[str, Counter[str]] = {}

    def write(self, document: Document) -> None:
        """Note a country, or the endorsements of a party."""
        head = document.rows[0]
        if head.table.name == "countries.csv":
            self._countries[head["country"]] = head
        active = [
            row
            for row in document.rows
            if row.table.name == "endorsements.csv" and row["status"] == "active"
        ]
        if active and head.table.name == "parties.csv":
            counted = self._supporters.setdefault(head["country"], Counter())
            counted["supporters"] += 1
            for row in active:
                counted[row["call"]] += 1
                counted[f"{row['call']} {row['category']}"] += 1

    def close(self) -> None:
        """Write the features, one a line, by the code of their country."""
        shapes = geometries()
        names = sorted({name for counted in self._supporters.values() for name in counted})
        features = [
            self._feature(row, shapes.get(_shape_of(row), "null"), names)
            for code, row in sorted(self._countries.items())
            if code in self._supporters or _shape_of(row) in shapes or row["alpha3"]
        ]
        lines = ",\n".join(features)
        text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
        self._file.write(text.encode())

    def _feature(self, row: Row, geometry: str, names: Iterable[str]) -> str:
        counted = self._supporters.get(row["country"], Counter())
        properties: dict[str, Any] = {name: row[name] or None for name in _COLUMNS}
        properties["region_name"] = REGIONS.get(row["region"])
        properties |= {name: counted[name] for name in names}
        return (
            f'{{"type": "Feature", "id": {_to_json(COUNTRY + row["country"])}, '
            f'"geometry": {geometry}, "properties": {_to_json(properties)}}}'
        )


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def geometries() -> dict[str, str]:
    """Return the geometry of each country in JSON, by alpha-3 code; they are made once and kept."""
    digest = hashlib.sha256(sys.version.encode())
    hash_files(digest, [Path(__file__), *SOURCES])
    found: dict[str, str] = json.loads(_CACHE.made_once(digest.hexdigest(), _made))
    return found


def _made() -> bytes:
    shapes: dict[str, list[Sequence[Ring]]] = {}
    for each in borders():
        if each.alpha3:  # some countries have several
            shapes.setdefault(each.alpha3, []).extend(each.polygons)
    texts = {code: _to_json(_geometry(polygons)) for code, polygons in shapes.items()}
    return json.dumps(texts).encode()


def _shape_of(row: Row) -> str:
    return "XKX" if row["country"] == _KOSOVO else row["alpha3"]


def _geometry(polygons: Iterable[Sequence[Ring]]) -> dict[str, Any] | None:
    """Return polygons with their rings; what is smaller than the digits that are kept is left out."""
    rounded = [[_rounded(ring) for ring in polygon] for polygon in polygons]
    kept = [
        [_wound(ring, is_outer=at == 0) for at, ring in enumerate(polygon) if len(ring) > 3]
        for polygon in rounded
        if len(polygon[0]) > 3
    ]
    return {"type": "MultiPolygon", "coordinates": kept} if kept else None


def _rounded(ring: Ring) -> Ring:
    rounded = ((round(x, _DIGITS), round(y, _DIGITS)) for x, y in ring)
    return [point for point, _ in groupby(rounded)]


def _wound(ring: Ring, *, is_outer: bool) -> Sequence[tuple[float, float]]:
    """Return a ring as RFC 7946 (3.1.6) winds it: an outer one counterclockwise, a hole clockwise."""
    turned = pairwise(ring)
    is_counterclockwise = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned) > 0
    return ring if is_counterclockwise == is_outer else ring[::-1]
