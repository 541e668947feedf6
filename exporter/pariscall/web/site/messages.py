"""The words of the site in English and in French: tables by what they are of, each word in both languages.

French is written here with ordinary spaces; where its typography asks for others, they are put
in when the table is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...project import Texts, current
from ...project_file import LANGUAGES
from .body_messages import MESSAGES as _OF_BODIES
from .explorer_messages import MESSAGES as _OF_THE_EXPLORER
from .front_messages import MESSAGES as _OF_THE_FRONT
from .locale import typeset
from .picture_messages import MESSAGES as _OF_PICTURES
from .predicate_messages import MESSAGES as _OF_PREDICATES
from .reading_messages import MESSAGES as _OF_READING
from .share_messages import MESSAGES as _OF_SHARING
from .tool_messages import MESSAGES as _OF_TOOLS
from .vocabulary_messages import MESSAGES as _OF_VOCABULARIES


def _of_project(texts: Texts) -> tuple[str, str]:
    """Return a text of the project file in both languages; one that the site lacks is empty."""
    english, french = (texts.get(lang, "") for lang in LANGUAGES)
    return english, french


_WORDS: dict[str, tuple[str, str]] = {
    # The frame of each page.
    "site": _of_project(current().name),
    "tagline": _of_project(
        current().summary
        or {
            "en": "Who endorses the call, in what capacity and since when, with a source for every statement.",
            "fr": "Qui soutient l’appel, en quelle qualité et depuis quand, avec une source pour chaque énoncé.",
        }
    ),
    "skip": ("Skip to the content", "Aller au contenu"),
    "main_menu": ("Main menu", "Menu principal"),
    "language": ("Language", "Langue"),
    "home": ("Home", "Accueil"),
    "signatories": ("Signatories", "Signataires"),
    "countries": ("Countries", "Pays"),
    "sources": ("Sources", "Sources"),
    "events": ("Events", "Événements"),
    "data": ("Data", "Données"),
    "vocabulary": ("Vocabulary", "Vocabulaire"),
    "about": ("About", "À propos"),
    "contact": ("Contact", "Contact"),
    "documentation": ("Documentation", "Documentation (en anglais)"),
    "this_page_as_data": ("This page as data", "Cette page en données"),
    "permanent_address": ("Permanent address", "Adresse permanente"),
    "state_of": ("State of the registry: {day}.", "État du registre : {day}."),
    "licence_line": (
        "Data under {licence}; ontology and shapes under CC BY 4.0.",
        "Données sous {licence} ; ontologie et formes sous CC BY 4.0.",
    ),
    "breadcrumb": ("You are here", "Vous êtes ici"),
    # Parties, endorsements, events.
    "signatory": ("Signatory", "Signataire"),
    "party": ("Party", "Partie"),
    "category": ("Category", "Catégorie"),
    "country": ("Country", "Pays"),
    "known_since": ("Known since", "Connu depuis"),
    "since_first-seen": ("first listed", "d’abord inscrit le"),
    "since_reported": ("reported", "attesté le"),
    "until": ("Until", "Jusqu’au"),
    "name": ("Name", "Nom"),
    "endorsement_of": ("Endorsement: {call}", "Soutien : {call}"),
    "never_signatory": (
        "This party has no endorsement on record.",
        "Aucun soutien de cette partie n’est enregistré.",
    ),
    "ended": ("This endorsement has ended", "Ce soutien a pris fin"),
    "until_day": ("Until {day}.", "Jusqu’au {day}."),
    "timeline": ("Timeline", "Chronologie"),
    "between": ("between {first} and {last}", "entre le {first} et le {last}"),
    "not_before": ("not before {first}", "pas avant le {first}"),
    "not_after": ("not after {last}", "pas après le {last}"),
    "day_unknown": ("day unknown", "jour inconnu"),
    "signed_window": ("Signed", "Signature"),
    "rests_on": ("Rests on", "Repose sur"),
    "takes_place_of": ("Takes the place of", "Prend la place de"),
    "from_to": ("from", "de"),
    "to": ("to", "à"),
    "registry_says": ("What the registry says", "Ce que dit le registre"),
    "registry_says_lead": (
        "The values exactly as the registry publishes them, right or wrong.",
        "Les valeurs exactement telles que le registre les publie, justes ou non.",
    ),
    "claims_of_others": ("What others say", "Ce que disent d’autres sources"),
    "read_claim": ("The claim in full", "L’affirmation en entier"),
    # What is at issue in a claim; the words come after "Disputed: " and before a full stop.
    "issue_date": ("the date that it gives", "la date qu’elle donne"),
    "issue_support": ("whether the party supports the call", "que la partie soutienne l’appel"),
    "issue_value": ("the value", "la valeur"),
    "issue_number": ("the number", "le nombre"),
    # Lists.
    "pages_of_list": ("Pages of this list", "Pages de cette liste"),
    "list_by_country": ("Supporters by country", "Soutiens par pays"),
    "list_by_source_type": (
        "Everything that is cited, by kind of document.",
        "Tout ce qui est cité, par nature de document.",
    ),
    "registry_states_lead": (
        "Each state of the registry that is cited, by its short name, and the number of events seen in it.",
        "Chaque état du registre qui est cité, par son nom court, et le nombre d’événements qui s’y constatent.",
    ),
    "events_lead": (
        "Public events at which the Call was launched, endorsed or discussed.",
        "Manifestations publiques où l’Appel a été lancé, soutenu ou débattu.",
    ),
    "day": ("Day", "Jour"),
    "others_named": ("({number} named, not supporting)", "({number} de plus, sans soutien actuel)"),
    "others_named_lead": (
        "Each number counts supporters. In parentheses are the others who are named: those who left, and those who never signed.",
        "Chaque nombre compte les soutiens. Entre parenthèses figurent les autres parties nommées : celles qui sont parties et celles qui n’ont jamais signé.",
    ),
    "and_former": ("and {number} who no longer support", "et {number} qui ne soutiennent plus"),
    "no_longer_supporters": ("No longer supporters", "Ne soutiennent plus"),
    "not_signatories": ("Named, never signatories", "Nommées, jamais signataires"),
    "not_signatories_lead": (
        "A source names these parties, but none shows that they signed.",
        "Une source nomme ces parties, mais aucune ne montre qu’elles ont signé.",
    ),
    "no_party_of_country": (
        "No party of this country is on record.",
        "Aucune partie de ce pays n’est enregistrée.",
    ),
    "country_is_not_state": (
        "A country is where a party is based; the state that signs is a party of its own.",
        "Un pays est le lieu d’établissement d’une partie ; l’État qui signe est lui-même une partie.",
    ),
    # Sources and claims.
    "source": ("Source", "Source"),
    "claim": ("Claim", "Affirmation"),
    "what_rests_on_it": ("What rests on it", "Ce qui en dépend"),
    "nothing_rests_on_it": ("Nothing on this site.", "Rien sur ce site."),
    "entries_seen": ("Entries of the registry", "Entrées du registre"),
    "events_seen": ("Events seen in it", "Événements qui s’y constatent"),
    "endorsements_on_it": ("Endorsements that rest on it", "Soutiens qui en dépendent"),
    "also_cited_by": ("Also cited by", "Également cité par"),
    "claims_made": ("Claims it makes", "Affirmations qu’il contient"),
    "claim_on": ("Claim on {name}", "Affirmation sur {name}"),
    "colon": (": ", " : "),
    "every_supporter": ("every supporter", "tous les soutiens"),
    "what_it_says": ("What it says", "Ce qu’elle dit"),
    "what_we_make_of_it": ("What we make of it", "Ce que nous en retenons"),
    "public_event": ("Event", "Manifestation"),
    "launched_here": ("Launched here", "Lancé ici"),
    "endorsed_here": ("Endorsed here, it is said", "Soutenu ici, dit-on"),
    "registry": ("Registry", "Registre"),
    "states_known": ("Known states", "États connus"),
    "agent": ("Agent", "Agent"),
    "published": ("Published here", "Publié ici"),
    "call": ("Call", "Appel"),
    "principle": ("Principle", "Principe"),
    "said_of_it": ("What is said of it", "Ce qu’on en dit"),
    "counts_claimed": ("How many, according to others", "Combien, selon d’autres"),
    "number": ("Number", "Nombre"),
    "who": ("Who", "Qui"),
    "no_principles": (
        "No principle of this call is on record.",
        "Aucun principe de cet appel n’est enregistré.",
    ),
    # Data, releases.
    "dataset": ("Dataset", "Jeu de données"),
    "releases": ("Releases", "Publications"),
    "release": ("Release", "Publication"),
    "release_lead": (
        "A release never changes. It holds every dump, the vocabularies, reports and descriptions.",
        "Une publication ne change jamais. Elle contient toutes les données, les vocabulaires, des rapports et des descriptions.",
    ),
    "no_releases": (
        "This copy of the site has no releases.",
        "Cette copie du site n’a pas de publication.",
    ),
    "files": ("Files", "Fichiers"),
    "file": ("File", "Fichier"),
    "size": ("Size", "Taille"),
    "version": ("Version", "Version"),
    "issued": ("Issued", "Publiée le"),
    "download_check": (
        "Compare the SHA-256 after a download: sha256sum -c SHA256SUMS does it for all files.",
        "Comparez le SHA-256 après un téléchargement : sha256sum -c SHA256SUMS le fait pour tous les fichiers.",
    ),
    "role_data": ("Data", "Données"),
    "role_vocabulary": ("Vocabularies", "Vocabulaires"),
    "role_report": ("Reports", "Rapports"),
    "role_description": ("Descriptions and checksums", "Descriptions et sommes de contrôle"),
    "licence": ("Licence", "Licence"),
    "credit": ("Credit", "Mention"),
    # What is not found.
    "not_found": ("There is no such page", "Cette page n’existe pas"),
    "not_found_lead": (
        "The address leads nowhere here. No page that was published goes; perhaps a letter is wrong.",
        "L’adresse ne mène nulle part ici. Aucune page publiée ne disparaît ; peut-être une lettre est-elle fausse.",
    ),
}


@cache
def words(lang: str) -> Mapping[str, str]:
    """Give the words of a language by what they are for."""
    at = LANGUAGES.index(lang)
    tables = (
        _WORDS,
        _OF_THE_FRONT,
        _OF_BODIES,
        _OF_PICTURES,
        _OF_PREDICATES,
        _OF_READING,
        _OF_SHARING,
        _OF_THE_EXPLORER,
        _OF_TOOLS,
        _OF_VOCABULARIES,
    )
    return {key: typeset(pair[at], lang) for table in tables for key, pair in table.items()}
