"""The packages that only an extra installs, and what is said where one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import MisuseError

# By the extra, the packages as they are imported.
EXTRAS = {
    "dask": ("distributed",),
    "files": ("openpyxl", "xlsxwriter"),
    "s3": ("fsspec", "s3fs"),
    "serve": ("h11", "starlette", "uvicorn"),
    "site": ("resvg_py", "vl_convert"),
    "spark": ("pyspark",),
    "validate": ("pyshacl",),
}


def require(what: str, extra: str) -> None:
    """Check that the packages of an extra are installed, for ``what`` needs them.

    Raises:
        MisuseError: if one is not.
    """
    missing = [name for name in EXTRAS[extra] if find_spec(name) is None]
    if missing:
        named = ", ".join(missing)
        raise MisuseError(
            f"{what} needs {named}, not installed here. Run: pip install 'pariscall[{extra}]'."
        )
