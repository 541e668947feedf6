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
from .locale import typeset
from .predicate_messages import MESSAGES as _OF_PREDICATES
from .reading_messages import MESSAGES as _OF_READING
from .tool_messages import MESSAGES as _OF_TOOLS


def _of_project(texts: Texts) -> tuple[str, str]:
    """Return a text of the project file in both languages; one that the site lacks is empty."""
    english, french = (texts.get(lang, "") for lang in LANGUAGES)
    return english, french


_SHORT = _of_project(current().short)
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
    # The first page.
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
    # Vocabulary.
    "ontology": ("Ontology", "Ontologie"),
    "classes": ("Classes", "Classes"),
    "properties": ("Properties", "Propriétés"),
    "alignments": ("Alignments", "Alignements"),
    "alignments_lead": (
        "How our terms relate to those of other vocabularies.",
        "Comment nos termes se rapportent à ceux d’autres vocabulaires.",
    ),
    "code_lists": ("Code lists", "Listes de codes"),
    "code_list": ("Code list", "Liste de codes"),
    "shapes": ("Shapes", "Formes"),
    "shapes_lead": (
        "What must hold of the data, in SHACL, one promise a shape.",
        "Ce que les données doivent respecter, en SHACL, une promesse par forme.",
    ),
    "context": ("JSON-LD context", "Contexte JSON-LD"),
    "namespace": ("Namespace", "Espace de noms"),
    "used": ("Used", "Emplois"),
    "contents": ("Contents", "Sommaire"),
    "set_gate": ("Publishing gate", "Seuil de publication"),
    "set_privacy": ("Privacy", "Vie privée"),
    "set_dataset": ("Description of the dataset", "Description du jeu de données"),
    "set_ontology": ("Ontology", "Ontologie"),
    "set_registry": ("Report on the registry", "Rapport sur le registre"),
    "set_project": ("This project only", "Ce projet seulement"),
    "Violation": ("Violation", "Violation"),
    "Warning": ("Warning", "Avertissement"),
    "Info": ("Info", "Information"),
    "targetClass": ("each", "chaque"),
    "targetSubjectsOf": ("subjects of", "sujets de"),
    "targetObjectsOf": ("objects of", "objets de"),
    "targetNode": ("the node", "le nœud"),
    "looks_at": ("Looks at", "Regarde"),
    "path": ("Path", "Chemin"),
    "constraints": ("Constraints", "Contraintes"),
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
    tables = (_WORDS, _OF_BODIES, _OF_PREDICATES, _OF_READING, _OF_THE_EXPLORER, _OF_TOOLS)
    return {key: typeset(pair[at], lang) for table in tables for key, pair in table.items()}
