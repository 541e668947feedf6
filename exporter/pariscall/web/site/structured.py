"""What a page is about in the words of https://schema.org, for engines that read JSON-LD in a page."""

from __future__ import annotations

from collections.abc import Mapping

from ...project import current
from .endorsements import category_of
from .messages import words
from .page import Content, Page
from .resources import Resource, Text

_STATE = "state"
Described = Mapping[str, object]


def structured(page: Page, content: Content, lang: str) -> Described | None:
    """Return the description of a page in a language; of most pages, None."""
    if page.template == "party.html" and page.about:
        return _party(page.about, lang)
    if page.template == "dataset.html" and page.about:
        return _dataset(page.about, content, lang)
    if page.template == "index.html":
        return _site(lang)
    return None


def _party(party: Resource, lang: str) -> Described:
    category = category_of(party)
    is_state = category is not None and category.code == _STATE
    name = party.name(lang).value
    others = [value.value for value in party.values("skos:prefLabel") if isinstance(value, Text)]
    return _without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "Country" if is_state else "Organization",
            "@id": party.iri,
            "name": name,
            "alternateName": sorted({*others} - {name}),
            "url": next((page.iri for page in party.resources("foaf:homepage")), ""),
            "location": []
            if is_state
            else [
                {"@type": "Country", "name": country.name(lang).value}
                for country in party.resources("msc:country")
            ],
        }
    )


def _dataset(dataset: Resource, content: Content, lang: str) -> Described:
    address = current().site.address
    descriptions = dataset.values_in("dcterms:description", lang)
    return _without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": dataset.iri,
            "name": dataset.name(lang).value,
            "description": next((one.value for one in descriptions if isinstance(one, Text)), ""),
            "license": next((one.iri for one in dataset.resources("dcterms:license")), ""),
            "dateModified": dataset.date("dcterms:modified"),
            "isAccessibleForFree": True,
            "creator": [
                {"@type": "Organization", "name": publisher.name(lang).value}
                for publisher in dataset.resources("dcterms:publisher")
            ],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": offer.media_type,
                    "contentUrl": f"{address}{offer.path}",
                }
                for offer in content.offers
                if address
            ],
        }
    )


def _site(lang: str) -> Described:
    address = current().site.address
    return _without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": words(lang)["site"],
            "description": words(lang)["tagline"],
            "inLanguage": lang,
            "url": address or "",
        }
    )


def _without_nothing(described: Described) -> Described:
    return {key: value for key, value in described.items() if value not in ("", [])}
