"""An environment with the package and what it requires, and nothing that only an extra brings."""

from __future__ import annotations

import os
import re
import subprocess
import venv
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

import pariscall

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def make_core_venv(folder: Path) -> int:
    """Make an environment by links to what is installed here, and return the number of its packages.

    Nothing is fetched. What an extra asks for, and what a marker keeps from this Python, is left out.
    """
    venv.create(folder, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    names = _closure("pariscall")
    for name in names:
        for file in distribution(name).files or ():
            top = Path(file.parts[0])
            source, target = Path(str(distribution(name).locate_file(top))), packages / top
            if top.name != ".." and not target.exists() and not top.name.startswith("__pycache__"):
                target.symlink_to(source.resolve())
    if not (packages / "pariscall").exists():  # a checkout, whose own files are found from there
        (packages / "checkout.pth").write_text(f"{Path(pariscall.__file__).parents[1]}\n")
    return len(names)


def run_in(folder: Path, arguments: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in such an environment."""
    command = [str(folder / "bin" / "python"), "-m", "pariscall", *arguments]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(cwd),
        "XDG_CACHE_HOME": str(cwd / "cache"),
    }
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


def _closure(name: str) -> set[str]:
    """Return a package and all that it needs here, without extras."""
    found: set[str] = set()
    left = [name]
    while left:
        name = left.pop()
        if name in found:
            continue
        try:
            needed = requires(name) or []
        except PackageNotFoundError:
            continue  # for another Python or system
        found.add(name)
        for each in needed:
            match = _NAME.match(each)
            if match and "extra ==" not in each and _is_meant(each):
                left.append(re.sub(r"[-_.]+", "-", match[0]).lower())
    return found


def _is_meant(requirement: str) -> bool:
    from packaging.requirements import Requirement

    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": ""})
