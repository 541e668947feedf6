"""Map the tables by R2RML with Morph-KGC. Usage: ``python morph_kgc.py PYTHON FOLDER``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_CONFIGURATION = """\
[CONFIGURATION]
output_file = {folder}/morph.nt
na_values = None,nan,
logging_level = ERROR

[tables]
mappings = {folder}/paris-call.r2rml.ttl
db_url = sqlite:///{folder}/paris-call.sqlite
"""


def main() -> None:
    """Map the database that ``export --format sqlite --format r2rml`` wrote to a folder."""
    python, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    configuration = folder / "morph.ini"
    configuration.write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")
    subprocess.run([python, "-m", "morph_kgc", configuration.name], cwd=folder, check=True)


if __name__ == "__main__":
    main()
