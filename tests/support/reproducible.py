"""Make the same release with every Python that is here, and compare every byte.

Run by ``make reproducible``. Each Python gets the locked packages in a venv of its own, and
another hash seed, time zone, locale and folder. Exits with 1 if any file differs.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "reproducible"
VERSION = "2026.11.22"
OLDEST = (3, 11)
SETTINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "POSIX"},
)
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
ASK = "import sys, zlib; print(*sys.version_info[:3], zlib.ZLIB_RUNTIME_VERSION)"


def main() -> int:
    """Print a line for each release, and tell whether all are the same."""
    pythons = find_pythons()
    first: dict[str, str] = {}
    differs = False
    settings = itertools.cycle(SETTINGS)
    # One Python alone makes two releases.
    for number, (version, python) in enumerate(
        [*pythons.items()] * (2 if len(pythons) == 1 else 1)
    ):
        made = checksums(make_release(prepare(version, python), number, next(settings)))
        first = first or made
        different = sorted(name for name, _ in first.items() ^ made.items())
        differs |= bool(different)
        what = (
            f"differs in {', '.join(dict.fromkeys(different))}" if different else "the same bytes"
        )
        print(f"Python {version}: {len(made)} files, {what}", flush=True)
    return 1 if differs or not first else 0


def find_pythons() -> dict[str, Path]:
    """Find the Pythons on the path and of pyenv: version, with that of zlib, to program."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found: dict[str, Path] = {}
    for program in itertools.chain(on_the_path(), sorted(pyenv.glob("*/bin/python3"))):
        asked = subprocess.run([program, "-c", ASK], capture_output=True, text=True, check=False)
        *version, zlib = asked.stdout.split() or [""]
        if asked.returncode == 0 and tuple(map(int, version)) >= OLDEST:
            found.setdefault(f"{'.'.join(version)} with zlib {zlib}", program)
    return found


def on_the_path() -> Iterator[Path]:
    """Find the programs on the path that are called as a Python is."""
    for folder in os.get_exec_path():
        yield from sorted(Path(folder).glob("python3.[0-9][0-9]"))


def prepare(version: str, python: Path) -> Path:
    """Install the locked packages and this package for a Python; give the program."""
    venv = BUILD / version.partition(" ")[0]
    subprocess.run([python, "-m", "venv", "--clear", venv], check=True)
    program = venv / "bin" / "python"
    for what in (
        ("--require-hashes", "-r", ROOT / "requirements.lock"),
        ("--no-deps", "--no-build-isolation", "--editable", ROOT),
    ):
        subprocess.run([program, *PIP, *what], check=True)
    return program


def make_release(program: Path, number: int, settings: dict[str, str]) -> Path:
    """Make the release in a folder of its own, with settings of the environment."""
    folder = BUILD / f"release {number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    inherited = {
        k: v for k, v in os.environ.items() if k not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}
    }
    command = [str(program), "-m", "pariscall", "release", VERSION, "-o", "out"]
    environment = inherited | settings
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "out" / VERSION


def checksums(release: Path) -> dict[str, str]:
    """Give the SHA-256 of every file, by name."""
    return {
        path.relative_to(release).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
