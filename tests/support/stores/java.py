"""The Java that runs the programs of others in the tests."""

from __future__ import annotations

import shutil

from .server import MissingError

# The second compiler and several collectors take longer than they save in runs of seconds.
SHORT_RUNS = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


def java() -> str:
    """Return the program that runs Java.

    Raises:
        MissingError: if it is not installed.
    """
    program = shutil.which("java")
    if program is None:
        raise MissingError("java is not installed (Debian package default-jre-headless)")
    return program
