"""The software bill of materials of a release: what it was made with (CycloneDX 1.6).

https://cyclonedx.org/docs/1.6/json/ lists the packages of ``requirements.lock``, each in the version that is
installed. With the locked packages, this is the same on every machine and with every Python.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from ... import __version__, bundle
from ...rdf.namespaces import BASE

NAME = "sbom.cdx.json"
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_REQUIRED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OWN = f"pkg:pypi/pariscall@{__version__}"


@dataclass(frozen=True)
class _Package:
    name: str
    version: str

    @property
    def purl(self) -> str:
        """The package as a URL (https://github.com/package-url/purl-spec)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def sbom(dataset: str, release: str, issued: str, licence: str) -> bytes:
    """Return the bill of materials of a release as JSON.

    Args:
        dataset: its slug.
        release: its version.
        issued: its date.
        licence: the address of its licence.
    """
    iri = f"{BASE}dataset/{dataset}/{release}"
    packages = list(_packages())
    direct = _direct()
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, iri)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{issued}T00:00:00Z",
            "lifecycles": [{"phase": "build"}],
            "component": {
                "bom-ref": iri,
                "type": "data",
                "name": dataset,
                "version": release,
                "licenses": [{"license": {"id": licence.rpartition("/")[2]}}],
            },
        },
        "components": [
            {"bom-ref": _OWN, **_component("pariscall", __version__, _OWN, "application")},
            *(
                {"bom-ref": one.purl, **_component(one.name, one.version, one.purl, "library")}
                for one in packages
            ),
        ],
        "dependencies": [
            {"ref": iri, "dependsOn": [_OWN]},
            {"ref": _OWN, "dependsOn": [one.purl for one in packages if one.name in direct]},
        ],
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _component(name: str, number: str, purl: str, kind: str) -> dict[str, Any]:
    return {"type": kind, "name": name, "version": number, "purl": purl}


def _packages() -> Iterator[_Package]:
    """Yield the packages that are locked, in the version that is installed if there is one."""
    for name, locked in _LOCKED.findall(bundle.LOCK.read_text(encoding="utf-8")):
        try:
            yield _Package(name, version(name))
        except PackageNotFoundError:  # of another system or Python
            yield _Package(name, locked)


def _direct() -> set[str]:
    """Return the names of the packages that this one asks for itself."""
    names = (_REQUIRED.match(requirement) for requirement in requires("pariscall") or ())
    return {found[0].lower().replace("_", "-") for found in names if found}
