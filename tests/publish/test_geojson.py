"""GeoJSON is the countries with their supporters, as GDAL reads them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from pariscall.publish.export import export
from pariscall.tables.csvw import read_schema
from support.tables import read_records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def file(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("geojson")
    export(folder, ["geojson"], small)
    return folder / "paris-call.geojson"


def test_gdal_reads_the_supporters_of_each_country(file: Path, small: Path) -> None:
    import pyogrio

    meta, table = pyogrio.read_arrow(file)
    rows = table.to_pylist()
    assert meta["crs"] in ("EPSG:4326", "OGC:CRS84")
    assert meta["geometry_type"] == "MultiPolygon"
    country = {row["party"]: row["country"] for row in read_records(small / "parties.csv")}
    active = [r for r in read_records(small / "endorsements.csv") if r["status"] == "active"]
    of_the_call = [row for row in active if row["call"] == "paris-call"]
    expected = Counter((country[row["party"]], row["category"]) for row in of_the_call)
    assert expected
    for category in {category for _, category in expected}:
        found = {row["country"]: row[f"paris-call {category}"] for row in rows}
        counted = {code: n for (code, kind), n in expected.items() if kind == category and code}
        assert {code: number for code, number in found.items() if number} == counted
    parties = {row["party"] for row in active if country[row["party"]]}
    assert len(of_the_call) < len(active)
    assert sum(row["supporters"] for row in rows) == len(parties)


def test_every_country_of_today_has_a_feature_and_nearly_all_a_shape(
    file: Path, small: Path
) -> None:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    countries = read_records(read_schema(small)["countries.csv"].path)
    expected = {row["country"] for row in countries if row["alpha3"]} | {"1A0"}
    assert [each["properties"]["country"] for each in features] == sorted(expected)
    assert all(each["id"].endswith(f"/{each['properties']['country']}") for each in features)
    without = {each["properties"]["country"] for each in features if not each["geometry"]}
    assert "FRA" not in without
    assert len(without) < 20


def test_countries_are_where_they_are_and_wound_as_the_rfc_says(file: Path) -> None:
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        for polygon in (feature["geometry"] or {"coordinates": []})["coordinates"]:
            for at, ring in enumerate(polygon):
                assert ring[0] == ring[-1]
                assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
                twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
                assert (twice > 0) == (at == 0)
    import pyogrio

    info = pyogrio.read_bounds(file, where="alpha3 = 'AUS'")[1]
    west, south, east, north = (values[0] for values in info)
    assert (112 < west < 114, -56 < south < -43, 153 < east < 160, -11 < north < -9) == (True,) * 4
