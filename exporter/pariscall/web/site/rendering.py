"""Rendering: pages made by templates that escape all values."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any

from ... import __version__
from ...io.numbers import format_number
from ...io.templates import template_environment
from ...project import current
from ...rdf.prefixes import KNOWN_PREFIXES
from ..routes.preferences import PAGE, PAGE_SUFFIXES, SUFFIXES
from . import endorsements, locale
from .appearance import logo_path
from .chart_sentences import what_to_see
from .charts import plot_of
from .citation import citation, report
from .claims import at_issue, by_call
from .groupings import current_members, state_supports
from .identities import leads_to_a_registry, scheme_of
from .messages import words
from .page import Content, Page
from .pages import NAVIGATION
from .pictures import embedding, formats
from .pictures import path as picture_path
from .related import related
from .resources import Resource, Text, in_order
from .sentences import sentence
from .share_image import HEIGHT as SHARE_HEIGHT
from .share_image import WIDTH as SHARE_WIDTH
from .share_image import path_for
from .structured import structured
from .world import HEIGHT, WIDTH

_LONGEST_TITLE = 120
_KEPT = 65536
# Characters that change the direction of the text after them, https://www.unicode.org/reports/tr9/#Directional_Formatting_Codes
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WEB = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


class Renderer:
    """Renders pages in one language."""

    def __init__(self, content: Content, published: Collection[str], lang: str) -> None:
        self._lang = lang
        self._content = content
        self._environment = template_environment("web/site/templates", tables=["w"])
        self._environment.filters |= {
            "day": lambda day: locale.format_date(day, lang),
            "number": lambda number: format_number(number, lang),
            "count": lambda number, noun: locale.count(number, noun, lang),
            "in_order": lambda resources: in_order(resources, lang),
            "in_time": endorsements.in_time,
            "by_call": by_call,
            "by_category": endorsements.by_category,
            "signatories": endorsements.signatories_of,
            "scheme_of": scheme_of,
            "current_members": current_members,
            "short_name": lambda resource: KNOWN_PREFIXES.compact(resource.iri),
            "bytes": lambda size: locale.format_bytes(size, lang),
            "plain": plain,
            "share": lambda part, whole: locale.format_share(part, whole, lang),
        }
        self._environment.tests |= {
            "text": lambda value: isinstance(value, Text),
            "web": is_web,
            "of_class": lambda resource, name: name in resource.types,
            "active": endorsements.is_active,
            "supporter": endorsements.is_supporter,
            "to_a_registry": leads_to_a_registry,
            "state_supports": state_supports,
            "of_project": endorsements.is_of_call,
        }
        self._environment.globals |= {
            "lang": lang,
            "w": words(lang),
            "suffix": PAGE_SUFFIXES[lang],
            "suffixes": PAGE_SUFFIXES,
            "formats": {kind: suffix for kind, suffix in SUFFIXES.items() if suffix != PAGE},
            "navigation": NAVIGATION,
            "content": content,
            "project": current(),
            "logo_path": logo_path,
            "licence": " ".join(term.code for term in content.dataset.resources("dcterms:license")),
            "published": published,
            "version": __version__,
            "term": self._term,
            "support": endorsements,
            "what_to_see": lambda figure: what_to_see(figure, lang),
            "plot_of": plot_of,
            "pictures": content.pictures.get(lang, {}),
            "picture_formats": formats,
            "picture_path": picture_path,
            "citation": citation(content, lang),
            "report": lambda name, address: report(name, address, lang),
            "share_image": lambda page: path_for(page, lang),
            "share_width": SHARE_WIDTH,
            "share_height": SHARE_HEIGHT,
            "embedding": lambda picture: embedding(picture, lang),
            "map_width": WIDTH,
            "map_height": HEIGHT,
            "sentence": lru_cache(_KEPT)(lambda party: sentence(party, lang)),
            "related": lambda party: related(party, lang),
            "at_issue": at_issue,
        }
        macros: Any = self._environment.get_template("pieces.html").module
        self._of_any_depth = {
            name: lru_cache(_KEPT)(getattr(macros, name))
            for name in ("text", "label", "day", "predicate")
        }
        self._pieces = cache(self._make_pieces)

    def compile(self) -> None:
        """Compile all templates, so that no process that is forked later has to."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def render(self, page: Page) -> str:
        """Return the HTML of a page."""
        template = self._environment.get_template(page.template)
        root = page.values.get("root", "../" * page.path.count("/"))
        pieces = self._pieces(root)
        described = structured(page, self._content, self._lang)
        values = {"page": page, "about": page.about, "structured": described}
        return template.render({**values, **pieces, **page.values})

    def _make_pieces(self, root: str) -> dict[str, object]:
        """Return the pieces of pages at a depth; most are on many pages and are rendered once."""
        macros: Any = self._environment.get_template("pieces.html").module
        frame: Any = self._environment.get_template("frame.html").module
        menu = {path for path, _ in NAVIGATION}
        head = cache(lambda current: frame.head(current, root))
        pieces = {
            **self._of_any_depth,
            "root": root,
            "head_of_page": lambda path: head(path if path in menu else ""),
            "foot_of_page": cache(lambda: frame.foot(root)),
            "href": lru_cache(_KEPT)(lambda resource: macros.href(resource, root)),
            "link": lru_cache(_KEPT)(lambda resource: macros.link(resource, root)),
            "value": lru_cache(_KEPT)(lambda said: macros.value(said, root)),
        }
        return {**pieces, "m": self._environment.get_template("macros.html").make_module(pieces)}

    def _term(self, name: str) -> Resource:
        """Return the resource of a prefixed name."""
        return self._content.resources[KNOWN_PREFIXES.expand(name)]


def suffix_of(lang: str) -> str:
    """Return the suffix of pages in a language."""
    return PAGE_SUFFIXES[lang]


def plain(text: str) -> str:
    """Return a text for places without markup, such as a title: short, and of one direction."""
    text = _BIDI.sub("", text)
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"


def is_web(iri: str) -> bool:
    """Return whether a browser may follow an address; others are shown as text."""
    return _WEB.fullmatch(iri) is not None
