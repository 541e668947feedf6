"""How to cite a page, and where to tell of an error in it."""

from __future__ import annotations

from urllib.parse import quote

from ...project import current
from .locale import format_date
from .messages import words
from .page import Content
from .resources import Text

_MAIL = "mailto:"
_ISSUE = "/issues/new"  # the form of an issue, at GitHub, Forgejo and Gitea


def citation(content: Content, lang: str) -> str:
    """Return what a page is from: the dataset, its version, and the date of its data."""
    dataset = content.dataset
    versions = [each.value for each in dataset.values("dcat:version") if isinstance(each, Text)]
    day = format_date(dataset.date("dcterms:modified"), lang)
    named = ", ".join([dataset.name(lang).value, *versions[:1]])
    return f"{named}. {words(lang)['state_of'].format(day=day)}"


def report(name: str, address: str, lang: str) -> str:
    """Return where to tell of an error in a page, with the page in a mail or an issue; empty without a contact."""
    contact = current().contact or ""
    title = quote(words(lang)["error_in"].format(page=name), safe="")
    if contact.startswith(_MAIL):
        return f"{contact}?subject={title}&body={quote(address, safe='')}"
    if contact.endswith(_ISSUE):
        return f"{contact}?title={title}&body={quote(address, safe='')}"
    return contact
