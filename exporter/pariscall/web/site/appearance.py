"""The look of the site: its style sheet, icon and logo, in the colours of the project."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from ...project import current
from ...rdf.namespaces import BASE, VOCABULARY

_ACCENT = "#1f4a7d"  # of the icon


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield the files that each page uses, by their path in the site."""
    accent = current().site.accent
    for asset in sorted(
        resources.files("pariscall.web.site").joinpath("assets").iterdir(), key=str
    ):
        content = asset.read_bytes().replace(f'"{VOCABULARY}"'.encode(), f'"{BASE}"'.encode())
        if accent and asset.name == "icon.svg":
            content = content.replace(_ACCENT.encode(), accent.encode())
        if accent and asset.name == "style.css":
            content += f"\n:root {{ --accent: {accent}; }}\n".encode()
        yield f"assets/{asset.name}", content
    if logo := current().site.logo:
        yield logo_path(logo), logo.read_bytes()


def logo_path(logo: Path) -> str:
    """Return the path of the logo in the site."""
    return f"assets/logo{logo.suffix}"
