"""The bill of materials of a release is CycloneDX, and names what made the release."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from pariscall import __version__, bundle
from pariscall.publish.release.sbom import sbom

LICENCE = "https://spdx.org/licenses/EUPL-1.2"


@pytest.fixture(scope="module")
def content() -> bytes:
    return sbom("paris-call", "2026.11.22", "2026-11-22", LICENCE)


@pytest.mark.slow
def test_the_bill_of_materials_is_valid(content: bytes) -> None:
    # It takes seconds to import, and not every process of the tests asks.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(content.decode()) is None


def test_it_names_each_locked_package_in_the_version_that_is_installed(content: bytes) -> None:
    named = {part["name"]: part["version"] for part in json.loads(content)["components"]}
    locked = [
        line.partition("==")[0]
        for line in bundle.LOCK.read_text(encoding="utf-8").splitlines()
        if line[:1].isalnum()
    ]
    assert named.keys() == {"pariscall", *locked}
    assert named["pariscall"] == __version__
    assert named["pyoxigraph"] == version("pyoxigraph")


def test_every_dependency_is_a_component(content: bytes) -> None:
    said = json.loads(content)
    known = {part["bom-ref"] for part in said["components"]}
    (dataset, first), (own, direct) = (
        (one["ref"], one["dependsOn"]) for one in said["dependencies"]
    )
    assert dataset == said["metadata"]["component"]["bom-ref"]
    assert first == [own]
    assert {f"pkg:pypi/requests@{version('requests')}"} < set(direct) < known


def test_it_is_the_same_each_time_and_another_for_another_release(content: bytes) -> None:
    assert sbom("paris-call", "2026.11.22", "2026-11-22", LICENCE) == content
    other = json.loads(sbom("paris-call", "2026.11.23", "2026-11-23", LICENCE))
    assert other["serialNumber"] != json.loads(content)["serialNumber"]
