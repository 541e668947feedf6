"""A registry like the real one, made up for the tests that harvest, and tables to fill from it."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pariscall import bundle
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records

Record = dict[str, str]

SLOVENIA = """---
name: "Slovénie"
category: state
nature: "UE"
nationality: SVN
---
"""
UNION = """---
name: "European Union"
category: public-authority
nature: ""
---
"""
ACME = """---
name: " ACME\u00a0&amp; Sons "
category: private-sector
nature: "Entreprise "
nationality: ROM
website: "https://https:www.acme.example"
twitter: "@acme"
linkedin: "https://www.linkedin.com/company/acme---sons/"
date_signed: 2020-02-01
---
Our statement --- is nobody's business.
"""
NOBODY = """---
name: "Nobody"
category:
nature:
nationality:
---
"""
CORRECTIONS = """field,registry_value,file,column,value,reason,source
nationality,ROM,*,country,ROU,Former code.,eu-countries
nature,UE,*,member_of,european-union,Membership.,curators
website,https://https:www.acme.example,*,website,https://www.acme.example,Twice.,curators
"""
EMPTY = (
    *("activities", "attributes", "claims", "decisions", "endorsements"),
    *("entries", "events", "identifiers", "participations", "supports"),
    *("mapping_refusals", "mapping_sample"),
)


class Registry:
    """A repository like the real one, in which a test puts files and commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def new(cls, folder: Path) -> Registry:
        """Make a repository without commits in a folder that is not there yet."""
        registry = cls(folder)
        registry.git("init", "--quiet", "--initial-branch=main", str(folder))
        return registry

    def git(self, *arguments: str, day: str = "2020-01-01") -> str:
        identity = {
            "NAME": "registry",
            "EMAIL": "registry@example.org",
            "DATE": f"{day}T12:00:00+0100",
        }
        environment = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in identity.items()
        }
        where = ["-C", str(self.folder)] if self.folder.is_dir() else []
        finished = subprocess.run(
            ["git", *where, *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stdout

    def commit(
        self,
        files: Mapping[str, str | None],
        day: str,
        message: str = "Change",
        folder: str = "_supporters",
    ) -> str:
        for name, text in files.items():
            path = self.folder / folder / name
            path.parent.mkdir(exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message, day=day)
        return self.git("rev-parse", "HEAD").strip()


def make_registry(folder: Path) -> Registry:
    """Make a registry of four supporters, in three commits."""
    return Registry(shutil.copytree(templates() / "registry", folder))


def make_target(folder: Path) -> Path:
    """Make tables in which nothing has been harvested yet."""
    return shutil.copytree(templates() / "tables", folder)


@cache
def templates() -> Path:
    """Make the registry and the tables once, for all tests of this process to copy.

    Whoever forks a process for each test calls it before, or each process makes its own.
    """
    made = TemporaryDirectory()
    atexit.register(made.cleanup)
    above = Path(made.name)
    _fill_registry(Registry.new(above / "registry"))
    _empty_tables(shutil.copytree(bundle.TABLES, above / "tables"))
    return above


def _fill_registry(registry: Registry) -> None:
    registry.commit(
        {"slovenie-state-SVN.md": SLOVENIA, "european_union-public-authority-EU.md": UNION},
        "2019-11-10",
    )
    registry.commit({"acme-private-sector-ROM.md": ACME}, "2020-03-01")
    registry.commit({"nobody-undefined-.md": NOBODY}, "2020-04-01")


def _empty_tables(folder: Path) -> None:
    for name in EMPTY:
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    mappings = folder / "mappings.sssom.tsv"
    lines = mappings.read_text(encoding="utf-8").splitlines(keepends=True)
    head = [line for line in lines if line.startswith(("#", "subject_id"))]
    mappings.write_text("".join(head), encoding="utf-8")
    (folder / "parties.csv").write_text(
        "party,name,name_en,name_fr,nature,country,member_of,website\nicann,ICANN,,,,,,\n",
        encoding="utf-8",
    )
    (folder / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    calls = folder / "calls.csv"
    calls.write_text(
        calls.read_text(encoding="utf-8").replace(",france,", ",slovenia,"), encoding="utf-8"
    )


def records(folder: Path, name: str, key: str = "party") -> dict[str, Record]:
    table = read_schema(folder)[f"{name}.csv"]
    return {record[key]: record for record in read_records(table)}


def events(folder: Path, kind: str) -> dict[str, Record]:
    """Give the events of one kind by party."""
    table = read_schema(folder)["events.csv"]
    return {row["party"]: row for row in read_records(table) if row["type"] == kind}


def digests(folder: Path) -> dict[str, str]:
    """Return the checksum of each file in a folder and those below it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
