"""The command as a process, and the example that it can be given."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "example" / "valid.ttl"

Run = Callable[..., "subprocess.CompletedProcess[str]"]
