"""Working groups: which organisations took part, supporters or not, and when a group met."""

from __future__ import annotations

from collections.abc import Iterator

from .page import Content, Page


def working_groups(content: Content, lang: str) -> Iterator[Page]:
    """Yield the page of the working groups, if there are any; each has its own page as a resource."""
    groups = content.resources.of_class("org:OrganizationalCollaboration", lang)
    if groups:
        groups.sort(key=lambda group: (group.date("schema:position"), group.iri))
        yield Page("working-groups", "working_groups.html", values={"groups": groups})
