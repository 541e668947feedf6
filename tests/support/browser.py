"""A real browser, and a host of static files for it to ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Hides what looks like three elements before it, with all that is in it: what is wrong with it is wrong with them.
# A cell stays in its row, and whatever another element names.
_HIDE_LIKE = """() => {
    const looks = new Map(), seen = new Map(), alike = new Set(), named = new Set();
    const elements = [...document.querySelectorAll("body *")];
    for (const element of elements) {
        for (const { name, value } of element.attributes) {
            if (/^(for|list|aria-.*)$/.test(name)) value.split(" ").forEach((id) => named.add(id));
        }
        const own = ["class", "style", "role", "type", "lang", "fill"].map((name) => element.getAttribute(name));
        const look = [looks.get(element.parentElement), element.tagName, ...own].join(" ");
        looks.set(element, look);
        seen.set(look, (seen.get(look) ?? 0) + 1);
        if (seen.get(look) > 3) alike.add(element);
    }
    for (const element of elements.reverse()) {
        if (named.has(element.id)) alike.delete(element);
        if (!alike.has(element)) alike.delete(element.parentElement);
    }
    for (const element of alike) {
        if (!element.matches("td, th")) element.style.setProperty("display", "none", "important");
    }
}"""
_PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 as in the base class
        """Keep the log of the tests clean."""

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the page for what is missing, as GitHub Pages does."""
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def host(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of loopback, as any static host does."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the system; the one without windows takes half as long for a page."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("there is no Chromium (Debian package chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()


def barriers(page: Page) -> list[str]:
    """Tell what of WCAG 2.2, level AA, the page breaks: each rule with an element that does.

    Of many elements that look alike, the page shows no more than a few from then on.
    """
    page.evaluate(_HIDE_LIKE)
    options = {"runOnly": _RULES, "resultTypes": ["violations"]}
    checked = Axe().run(page, options=options).response
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in checked["violations"]]


class Visit:
    """A page in a window of its own, and whatever goes wrong on it."""

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        self._site = site
        self._context: BrowserContext = browser.new_context(**options)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(60_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._context.on("request", lambda request: self._check(request.url))

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self._site + path)
        return self.page

    def leave(self) -> None:
        """Leave the page, and all that runs on it; nothing may have gone wrong."""
        self.page.goto("about:blank")
        complaints, self.complaints = self.complaints, []
        assert not complaints

    def close(self) -> None:
        """Close the window; nothing may have gone wrong."""
        self._context.close()
        assert not self.complaints

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("blob", "data") and not url.startswith(self._site):
            self.complaints.append(f"{url} is elsewhere")
