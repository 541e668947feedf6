"""Look for known vulnerabilities of the packages in lock files, if the list of them can be reached.

``make audit`` runs it. Without a network, or with a mirror that has no such list, it says so and passes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Audit each file that is named, and return whether any vulnerability was found."""
    return max(audit(path) for path in sys.argv[1:])


def audit(path: str) -> int:
    """Audit the packages of a lock file, and print what was found."""
    program = str(Path(sys.executable).parent / "pip-audit")
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(
        [program, *options, "-r", path], capture_output=True, text=True, check=False
    )
    if not done.stdout.startswith("{"):
        reason = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        print(f"{path}: not audited: {reason[:200]}")
        return 0
    found = json.loads(done.stdout)["dependencies"]
    unknown = [one["name"] for one in found if "skip_reason" in one]
    if len(unknown) == len(found):
        print(f"{path}: not audited: the list of vulnerabilities cannot be reached from here")
        return 0
    vulnerable = [one for one in found if one.get("vulns")]
    for one in vulnerable:
        names = ", ".join(vulnerability["id"] for vulnerability in one["vulns"])
        print(f"{path}: {one['name']} {one['version']}: {names}")
    print(f"{path}: {len(found) - len(unknown)} packages audited, {len(vulnerable)} vulnerable")
    return int(bool(vulnerable))


if __name__ == "__main__":
    sys.exit(main())
