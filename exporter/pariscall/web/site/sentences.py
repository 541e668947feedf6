"""What is known of a party, in one sentence: what it is, what it supports, since when, and how sure that is."""

from __future__ import annotations

from ...project import current, in_language
from .endorsements import CALL, category_of, is_active, standing
from .locale import count, format_date, typeset
from .messages import words
from .resources import Resource

_STATE = "state"
_UNKNOWN = "unknown"


def sentence(party: Resource, lang: str) -> str:
    """Return the sentence on a party and the call of the project, or else on the others it supports."""
    own = standing(party)
    return typeset(_of_endorsement(party, own, lang) if own else _of_others(party, lang), lang)


def _of_endorsement(party: Resource, own: Resource, lang: str) -> str:
    since, until = own.date("msc:since"), own.date("msc:until")
    basis = next(iter(own.resources("msc:sinceBasis")), None)
    form = "supports" if is_active(own) else "supported"
    return words(lang)[f"sentence_{form}"].format(
        who=_who(party, lang),
        call=in_language(current().short, lang),
        since=format_date(since, lang),
        certainty=words(lang)[f"certainty_{basis.code}" if basis else "certainty_"],
        until=format_date(until, lang),
        status=_status(own, lang),
    )


def _of_others(party: Resource, lang: str) -> str:
    calls = [call for call in party.resources("msc:endorses") if call.iri != CALL]
    if calls:
        names = ", ".join(call.name(lang).value for call in calls)
        return words(lang)["sentence_others"].format(who=_who(party, lang), calls=names)
    claims = [each for each in party.incoming("msc:aboutAgent") if each.value("msc:polarity")]
    return words(lang)["sentence_named"].format(
        who=_who(party, lang), number=count(len(claims), "time", lang)
    )


def _who(party: Resource, lang: str) -> str:
    """Return a party by its name or, in French, by its kind, which verbs agree with."""
    kind = _kind(party, lang)
    country = next((each.name(lang).value for each in party.resources("msc:country")), "")
    name = party.name(lang).value
    if lang == "fr":
        own = _is_state(party) or not country
        return kind if own else f"{kind} ({country})"
    about = [
        text
        for text in (kind.lower(), country)
        if text not in ("", words(lang)["party"].lower(), name)
    ]
    return name if _is_state(party) or not about else f"{name} ({', '.join(about)})"


def _kind(party: Resource, lang: str) -> str:
    natures = party.resources("org:classification")
    category = category_of(party)
    if natures:
        return natures[0].name(lang).value
    if category and category.code != _UNKNOWN:
        return words(lang).get(f"member_{category.code}") or category.name(lang).value
    return words(lang)["party"]


def _is_state(party: Resource) -> bool:
    category = category_of(party)
    return category is not None and category.code == _STATE


def _status(endorsement: Resource, lang: str) -> str:
    status = next(iter(endorsement.resources("msc:status")), None)
    return status.name(lang).value.lower() if status else ""
