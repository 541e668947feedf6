"""Fetch the engines: ``python -m support.engines.fetch``.

Maven brings TopBraid SHACL in the version of ``pom.xml``, npm the packages of ``package-lock.json``
by their hashes; neither runs a script of a package. Apache Jena comes with ``make fuseki``. To lock
newer packages: ``npm install --package-lock-only --omit-lockfile-registry-resolved``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable

from .engine import HERE, NPM, TOPBRAID


def main() -> None:
    """Fetch what is not there; what cannot be had does not keep the others away."""
    failed = [name for name, fetch in _FETCHERS.items() if not _succeeds(fetch)]
    if failed:
        sys.exit(f"could not be fetched: {', '.join(failed)}")


def _fetch_topbraid() -> None:
    if not TOPBRAID.is_dir():
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime"]
        folder = f"-DoutputDirectory={TOPBRAID}"
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), *goal, folder]
        subprocess.run(command, check=True)


def _fetch_packages() -> None:
    NPM.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, NPM)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=NPM, check=True)


_FETCHERS = {
    "TopBraid SHACL (Debian package maven)": _fetch_topbraid,
    "shacl-engine and rdf-validate-shacl (Debian package npm)": _fetch_packages,
}


def _succeeds(fetch: Callable[[], None]) -> bool:
    try:
        fetch()
    except (FileNotFoundError, subprocess.CalledProcessError):
        return False
    return True


if __name__ == "__main__":
    main()
