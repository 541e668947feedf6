"""A registry that is kept otherwise than ours is harvested by what its project file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.project_file import NAME
from support.command import EXAMPLE, run_command
from support.registry import Registry

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

HARBOUR = EXAMPLE.parent / "harbour"
LAYOUT = """
[registry]
folder = "ports"
title = "Register of ports on {day}"
publisher = "Harbour Office"
commit_page = "https://charter.example/commits/{commit}"

[registry.fields]
name = "title"
category = "kind"
country = "flag"
signed = "since"

[registry.codes.category]
"Port authority" = "public-authority"
Shipowner = "private-sector"

[registry.codes.country]
Rotterdam = "NLD"
"""
INITIATOR = "delta-union"
KEPT = ("calls", "datasets", "public_events", "registries", "sources")
ALPHA = "---\ntitle: Alpha Port\nkind: Port authority\nflag: SVN\nsince: 2026-03-02\n---\n"
OMEGA = "---\ntitle: Omega Lines\nkind: Shipowner\nflag: Rotterdam\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    for table in (folder / "tables").iterdir():
        if table.stem not in KEPT:
            header, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [row for row in rows if row.startswith(INITIATOR)]
            table.write_text(header + "".join(kept if table.stem == "parties" else []))
    with (folder / NAME).open("a", encoding="utf-8") as file:
        file.write(LAYOUT)
    return folder


@pytest.fixture
def ports(tmp_path: Path) -> Registry:
    registry = Registry.new(tmp_path / "registry")
    registry.commit({"alpha.md": ALPHA, "omega.md": OMEGA}, "2026-04-01", folder="ports")
    return registry


def test_folder_fields_and_codes_are_those_of_the_project_file(
    project: Path, ports: Registry
) -> None:
    finished = run_command(project, ["harvest", "registry", str(ports.folder)])
    assert finished.returncode == 0, finished.stderr
    assert "2 supporters at commit" in finished.stdout
    tables = project / "tables"
    endorsements = (tables / "endorsements.csv").read_text(encoding="utf-8")
    assert (
        "alpha-port,harbour-charter,1,active,public-authority,2026-03-02,declared" in endorsements
    )
    assert (
        "omega-lines,harbour-charter,1,active,private-sector,2026-04-01,first-seen" in endorsements
    )
    assert "NLD" in (tables / "parties.csv").read_text(encoding="utf-8")
    sources = (tables / "sources.csv").read_text(encoding="utf-8")
    assert "Register of ports on 2026-04-01,Harbour Office,official-registry" in sources
    assert "https://charter.example/commits/" in sources
    entries = (tables / "entries.csv").read_text(encoding="utf-8")
    assert "Port authority" in entries
    assert "Rotterdam" in entries


def test_a_value_without_a_code_is_named_by_its_own_field(project: Path, ports: Registry) -> None:
    ports.commit({"beta.md": ALPHA.replace("Port authority", "Pier")}, "2026-05-01", folder="ports")
    finished = run_command(project, ["harvest", "registry", str(ports.folder)])
    assert finished.returncode == 3
    assert "beta.md:3: kind is 'Pier', which is not a category." in finished.stderr


def test_a_project_without_a_layout_has_no_registry_to_harvest(
    project: Path, ports: Registry
) -> None:
    file = project / NAME
    file.write_text(file.read_text(encoding="utf-8").replace('folder = "ports"\n', ""))
    finished = run_command(project, ["harvest", "registry", str(ports.folder)])
    assert finished.returncode == 3
    assert "mscall.toml: 'folder' of [registry] is missing." in finished.stderr
