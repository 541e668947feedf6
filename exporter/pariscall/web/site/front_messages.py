"""The words of the first page and of those about several calls or projects, in both languages."""

from __future__ import annotations

from ...project import current
from ...project_file import LANGUAGES

_SHORT = [current().short.get(lang, "") for lang in LANGUAGES]
MESSAGES: dict[str, tuple[str, str]] = {
    "at_a_glance": ("The Call at a glance", "L’Appel en bref"),
    "supporters": ("Supporters", "Soutiens"),
    "supporters_by_category": ("Supporters by category", "Soutiens par catégorie"),
    "several_calls": ("Several calls", "Plusieurs appels"),
    "several_calls_lead": (
        "Who endorses one call may endorse others. Each number counts the parties that endorse both calls today.",
        "Qui soutient un appel peut en soutenir d’autres. Chaque nombre compte les parties qui soutiennent aujourd’hui les deux appels.",
    ),
    "overlaps": ("Overlaps of the calls", "Recoupements des appels"),
    "overlaps_lead": (
        "Where a call meets itself, the number is that of all its supporters.",
        "Là où un appel se croise lui-même, le nombre est celui de tous ses soutiens.",
    ),
    "chart_overlaps": (
        "Parties that endorse both calls",
        "Parties qui soutiennent les deux appels",
    ),
    "projects": ("Websites", "Sites"),
    "several_projects_lead": (
        "Several projects publish who endorses which calls. Each has a website of its own; this page is about what they share.",
        "Plusieurs projets publient qui soutient quels appels. Chacun a son propre site ; cette page porte sur ce qu’ils partagent.",
    ),
    "shared_parties": ("In several projects", "Dans plusieurs projets"),
    "shared_parties_lead": (
        "Parties that are one by evidence: both are matched with one identifier, or a mapping says so. Parties of the same name are not taken for one.",
        "Parties qui n’en font qu’une, preuve à l’appui : toutes deux répondent à un même identifiant, ou une correspondance le dit. Un même nom ne suffit pas.",
    ),
    "no_shared_parties": (
        "No party is known to be in several projects.",
        "On ne connaît aucune partie qui soit dans plusieurs projets.",
    ),
    "since_all": ("Endorses all since, at the latest", "Les soutient tous depuis, au plus tard"),
    "calls": ("Calls", "Appels"),
    "evidence": ("Evidence", "Preuve"),
    "also_here": (
        f"Supporters of other calls that also support {_SHORT[0]}",
        f"Soutiens d’autres appels qui soutiennent aussi {_SHORT[1]}",
    ),
    "number_of": ("{number} of {total}", "{number} sur {total}"),
    "other_calls": ("Other calls", "Autres appels"),
    "other_calls_lead": (
        "Who endorses other calls, with a source for every statement. The figures of this site do not count them.",
        "Qui soutient d’autres appels, avec une source pour chaque énoncé. Les chiffres de ce site ne les comptent pas.",
    ),
    "no_longer_listed": ("No longer listed", "N’y figurent plus"),
    "no_longer_listed_lead": (
        "Parties that supported the Call and are gone from its registry. They keep their page.",
        "Parties qui ont soutenu l’Appel et ne figurent plus à son registre. Elles gardent leur page.",
    ),
    "principles": ("Principles", "Principes"),
    "the_principles": ("The principles", "Les principes"),
    "more_on_the_call": ("More on the Call", "En savoir plus sur l’Appel"),
    "statements": ("Statements", "Énoncés"),
    "how_to_read": ("How to read the data", "Comment lire les données"),
    "claim_lead": (
        "A claim is what one source says, kept as said.",
        "Une affirmation est ce que dit une source, consigné tel quel.",
    ),
    "endorsement_lead": (
        "An endorsement is what we conclude from the claims.",
        "Un soutien est ce que nous concluons des affirmations.",
    ),
    "event_lead": (
        "An event is a dated step in the life of an endorsement.",
        "Un événement est une étape datée de la vie d’un soutien.",
    ),
    "endorsement": ("Endorsement", "Soutien"),
    "event": ("Event", "Événement"),
    "figure_supporters": ("supporters", "soutiens"),
    "figure_states": ("of them states", "dont des États"),
    "figure_countries": ("countries", "pays"),
    "figure_sources": ("sources cited", "sources citées"),
}
