"""OpenRefine matches names with our service and adds columns, by its own client (``make openrefine``)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support.server import needs_fork, serving

ROOT = Path(__file__).parents[2]
CLASSES = ROOT / "build" / "openrefine"
PROGRAM = ROOT / "tests" / "support" / "openrefine" / "Reconcile.java"

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
    pytest.mark.skipif(not CLASSES.is_dir(), reason="no OpenRefine (make openrefine)"),
    pytest.mark.skipif(
        not shutil.which("javac"), reason="no Java compiler (Debian package default-jdk-headless)"
    ),
]
ROWS = (
    *("Microsoft Corp", "USA"),
    *("NEC Corporation", "Japan"),
    *("Nobody at all", ""),
    *("Université de « Nulle part »", "FRA"),
)


def test_openrefine_matches_a_column_and_adds_others(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        service = f"http://127.0.0.1:{server.port}/reconcile"
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": "https://w3id.org/mscall/",
            "schemaSpace": "https://w3id.org/mscall/ontology#",
            "type": {"id": "party", "name": "Party"},
            "autoMatch": True,
            "columnDetails": [
                {"column": "country", "property": {"id": "country", "name": "Country"}}
            ],
            "limit": 3,
        }
        columns = {"properties": [{"id": "country"}, {"id": "lei"}]}
        command = ["java", "-cp", f"{CLASSES}/*", str(PROGRAM)]
        arguments = [json.dumps(config), json.dumps(columns), service, *ROWS]
        ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    microsoft, nec, *others = [line.split("\t") for line in ran.stdout.splitlines()]
    assert microsoft[:3] == ["Matched", "actor/microsoft", "null"]
    assert microsoft[4:] == ["United States", "INR2EJN1ERAN0W5ZP974"]
    assert nec[:3] == ["Matched", "actor/nec", "null"]
    assert nec[4] == "Japan"
    assert [each[:3] for each in others] == [["None", "", "null"]] * 2
