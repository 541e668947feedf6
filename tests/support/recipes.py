"""The recipes of the documents, and a new repository in which a shell runs them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from support.command import EXAMPLE
from support.tables import edit

ROOT = Path(__file__).parents[2]
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
FAULT = ("countValue 51", "countValue -1")


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def make_repository(above: Path) -> Path:
    """Make a new repository that keeps one file."""
    folder = above / "repository"
    folder.mkdir()
    shutil.copy(EXAMPLE, folder / "call.ttl")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def shell(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def check_schema(name: str, path: Path) -> None:
    """Check a file against a schema that comes with check-jsonschema, in this process."""
    from check_jsonschema import main

    checked = CliRunner().invoke(main, ["--builtin-schema", f"vendor.{name}", str(path)])
    assert checked.exit_code == 0, checked.output


def weak(repository: Path, name: str) -> None:
    """Put shapes that find nothing wrong under a name that could be an option."""
    rules = ROOT / "tests" / "example" / "valid.ttl"
    shutil.copy(rules, repository / name)
    edit(repository / "call.ttl", *FAULT)
