"""What the page about the site says, in English and in French, section by section."""

from __future__ import annotations

from ...project import current
from ...project_file import LANGUAGES
from .locale import typeset

Sections = list[tuple[str, list[str]]]


def _of_project(name: str) -> tuple[tuple[str, str], ...]:
    """Return what the project file says of this in both languages, if it says anything."""
    texts = current().about.get(name)
    return ((texts.get("en", ""), texts.get("fr", "")),) if texts else ()


_SECTIONS: tuple[tuple[tuple[str, str], tuple[tuple[str, str], ...]], ...] = (
    (
        ("What the data are", "Ce que sont les données"),
        (
            *_of_project("data"),
            (
                "What a source says (a claim) is kept apart from what we conclude (an endorsement) and from what happened to it (an event). Each of them has an address of its own and names its source.",
                "Ce que dit une source (une affirmation) reste distinct de ce que nous en concluons (un soutien) et de ce qui lui est arrivé (un événement). Chacun a sa propre adresse et nomme sa source.",
            ),
            (
                "A party that is gone from the registry keeps its page and its address, with what became of it.",
                "Une partie qui ne figure plus au registre garde sa page et son adresse, avec ce qu’il en est advenu.",
            ),
        ),
    ),
    (
        ("Before counting", "Avant de compter"),
        (
            (
                "“Since” is the first day on which support is known, from any source; it may have begun earlier. The event of type “listing” says when the registry listed the party.",
                "« Depuis » est le premier jour où le soutien est attesté, par quelque source que ce soit ; il peut avoir commencé plus tôt. L’événement de type « inscription » dit quand le registre a inscrit la partie.",
            ),
            (
                "The registry gives a day of signature for few supporters, other sources for some more. For the rest there is a window: the first and the last day on which they can have signed.",
                "Le registre ne donne un jour de signature que pour peu de soutiens, d’autres sources pour quelques-uns de plus. Pour les autres il y a un intervalle : le premier et le dernier jour où ils ont pu signer.",
            ),
            (
                "A few supporters have no category in the registry. They stand under “Unknown category”.",
                "Quelques soutiens n’ont pas de catégorie au registre. Ils figurent sous « Catégorie inconnue ».",
            ),
            (
                "What we changed against the registry is written down in corrections.csv with a reason for each change; the values as published are shown with each party.",
                "Ce que nous avons changé par rapport au registre est consigné dans corrections.csv, avec un motif pour chaque changement ; les valeurs telles que publiées figurent avec chaque partie.",
            ),
        ),
    ),
    (
        ("Known limits", "Limites connues"),
        (
            (
                "The site shows the last state of the registry that is known, not what the registry may say today.",
                "Le site montre le dernier état connu du registre, non ce que le registre peut dire aujourd’hui.",
            ),
            *_of_project("limits"),
            (
                "Supporters’ own statements and their accounts on social networks are not carried over.",
                "Les déclarations propres des soutiens et leurs comptes de réseaux sociaux ne sont pas repris.",
            ),
        ),
    ),
    (
        ("For programs", "Pour les programmes"),
        (
            (
                "Beside each page on a thing lies the same as Turtle, JSON-LD, N-Triples and RDF/XML, under the same name with another ending. Together they hold the graph of the dumps, and no more.",
                "À côté de chaque page sur une chose se trouve la même en Turtle, JSON-LD, N-Triples et RDF/XML, sous le même nom avec une autre terminaison. Ensemble ils contiennent le graphe des données publiées, et rien de plus.",
            ),
        ),
    ),
)


def explain(lang: str) -> Sections:
    """Give the sections in a language: the heading, and the paragraphs."""
    at = LANGUAGES.index(lang)
    return [
        (typeset(heading[at], lang), [typeset(paragraph[at], lang) for paragraph in paragraphs])
        for heading, paragraphs in _SECTIONS
    ]
