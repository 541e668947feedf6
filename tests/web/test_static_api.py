"""The site as an API: plain JSON beside the RDF, and a description in OpenAPI that holds of every file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from pariscall.rdf.canonical import graph_hash
from pariscall.rdf.jsonld import bundled_context
from support.graphs import lines
from support.html import RELEASED, page
from support.sites import site_with_release

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

pytestmark = pytest.mark.slow

SCHEMA = Path(__file__).parents[1] / "schemas" / "openapi-3.1.json"


def read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


@pytest.fixture(scope="module")
def api(small_site: Path) -> dict[str, Any]:
    described: dict[str, Any] = read(small_site / "openapi.json")
    return described


def described_files(site: Path) -> list[str]:
    names = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.json"))]
    ours = [name for name in names if not RELEASED.match(name)]
    return [name for name in ours if not name.startswith(("chart/", "openapi."))]


def expression(template: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(map(re.escape, re.split(r"\{\w+\}", template))))


def test_the_description_is_openapi(api: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator(read(SCHEMA)).validate(api)
    for schema in api["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    identifiers = [path["get"]["operationId"] for path in api["paths"].values()]
    assert len(set(identifiers)) == len(identifiers)


def schemas_of(api: dict[str, Any]) -> Callable[[str], Draft202012Validator]:
    """Return what judges the files of a path."""
    from jsonschema import Draft202012Validator

    components = {"components": api["components"]}

    @cache
    def judge(template: str) -> Draft202012Validator:
        answer = api["paths"][template]["get"]["responses"]["200"]
        return Draft202012Validator(
            {**answer["content"]["application/json"]["schema"], **components}
        )

    return judge


def test_every_file_is_as_its_path_says(small_site: Path, api: dict[str, Any]) -> None:
    judge = schemas_of(api)
    used = set()
    for name in described_files(small_site):
        # A literal part is stronger than a variable, https://spec.openapis.org/oas/v3.1.1#path-templating-matching
        templates = [each for each in api["paths"] if expression(each).fullmatch(f"/{name}")]
        template = min(templates, key=lambda each: each.count("{"))
        judge(template).validate(read(small_site / name))
        used.add(template)
    assert used == set(api["paths"])


def test_every_example_is_a_file_and_matches_its_pattern(
    small_site: Path, api: dict[str, Any]
) -> None:
    for template, path in api["paths"].items():
        address = template
        for parameter in path["get"].get("parameters", []):
            assert re.search(parameter["schema"]["pattern"], parameter["example"])
            address = address.replace(f"{{{parameter['name']}}}", parameter["example"])
        assert (small_site / address.removeprefix("/")).is_file()


def test_plain_json_says_what_the_rdf_beside_it_says(small_site: Path) -> None:
    names = [name for name in described_files(small_site) if not name.endswith("events.json")]
    names.remove("signatories.json")
    assert {"actor/abb.json", "country/FRA.json", "call/paris-call.json"} <= set(names)
    for name in names:
        own = read(small_site / name)
        document = {"@context": bundled_context(), "@graph": [own, *own.pop("parts", [])]}
        quads = list(parse(json.dumps(document), RdfFormat.JSON_LD))
        beside: list[Quad] = list(parse(path=str(small_site / name.replace(".json", ".nt"))))
        assert graph_hash(lines(quads)) == graph_hash(lines(beside)), name


def test_every_resource_has_its_json_and_its_page_leads_there(small_site: Path) -> None:
    for name in ("actor/abb", "country/FRA", "source/country-codes-2026-05-15"):
        for suffix in (".html", ".fr.html"):
            [link] = page(small_site, f"{name}{suffix}").all(
                "link", rel="alternate", type="application/json"
            )
            assert link["href"] == f"../{name}.json"
            assert page(small_site, f"{name}{suffix}").all("a", href=link["href"])


def test_the_rows_of_the_signatories_are_those_of_the_csv(small_site: Path) -> None:
    rows = read(small_site / "signatories.json")
    text = (small_site / "downloads/paris-call-signatories.csv").read_text("utf-8")
    expected = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(expected) > 10
    values = {None: "", True: "true", False: "false"}
    for row, cells in zip(rows, expected, strict=True):
        assert {name: values.get(value, value) for name, value in row.items()} == cells


def test_the_index_of_releases_is_described_if_there_are_any(
    small: Path,
    small_release: Path,
    api: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert not [path for path in api["paths"] if path.endswith("releases.json")]
    site = site_with_release(small, small_release, tmp_path_factory)
    described = read(site / "openapi.json")
    [path] = [path for path in described["paths"] if path.endswith("releases.json")]
    judge = schemas_of(described)(path)
    index = read(site / path.removeprefix("/"))
    judge.validate(index)
    assert not judge.is_valid({"releases": [{**index["releases"][0], "SHA256SUMS": "x"}]})
    assert not judge.is_valid({})
