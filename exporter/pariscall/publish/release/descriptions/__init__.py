"""The descriptions of a release, all made from its manifest; one table of them."""

from __future__ import annotations

from collections.abc import Callable

from ..manifest import Manifest
from .croissant import croissant
from .dcat import dcat
from .documents import citation, datapackage, ro_crate, schema_org
from .void import void

DESCRIPTIONS: dict[str, Callable[[Manifest], bytes]] = {
    "dcat.ttl": dcat,
    "void.ttl": void,
    "schema-org.jsonld": schema_org,
    "datapackage.json": datapackage,
    "ro-crate-metadata.json": ro_crate,
    "croissant.json": croissant,
    "CITATION.cff": citation,
}
