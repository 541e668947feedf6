"""The questions and their answers, in English and in French.

``{call}`` is what the call is called within a sentence; what an answer can say is in ``questions``.
"""

from __future__ import annotations

QUESTIONS: dict[str, dict[str, str]] = {
    "how-many": {
        "en": "How many support {call}?",
        "fr": "Combien soutiennent {call} ?",
    },
    "which-states": {
        "en": "Which states support {call}?",
        "fr": "Quels États soutiennent {call} ?",
    },
    "states-of-the-eu": {
        "en": "Which states of the European Union signed, and when?",
        "fr": "Quels États de l’Union européenne ont signé, et quand ?",
    },
    "has-the-united-states-signed": {
        "en": "Has the United States signed, and when?",
        "fr": "Les États-Unis ont-ils signé, et quand ?",
    },
    "how-many-in-africa": {
        "en": "How many supporters are in Africa?",
        "fr": "Combien de soutiens en Afrique ?",
    },
    "companies-of-germany": {
        "en": "Which companies of Germany support {call}?",
        "fr": "Quelles entreprises d’Allemagne soutiennent {call} ?",
    },
    "countries-of-companies": {
        "en": "From which countries do the companies come?",
        "fr": "De quels pays viennent les entreprises ?",
    },
    "countries-without-their-state": {
        "en": "Where do organisations support {call} although their state does not?",
        "fr": "Où des organisations soutiennent-elles {call} sans leur État ?",
    },
    "when-did-they-join": {
        "en": "When did the supporters join?",
        "fr": "Quand les soutiens sont-ils arrivés ?",
    },
    "how-many-at-the-end-of-2019": {
        "en": "How many supported {call} at the end of 2019?",
        "fr": "Combien soutenaient {call} fin 2019 ?",
    },
    "who-left": {
        "en": "Who no longer supports {call}?",
        "fr": "Qui ne soutient plus {call} ?",
    },
    "who-took-whose-place": {
        "en": "Who took the place of another supporter?",
        "fr": "Qui a pris la place d’un autre soutien ?",
    },
    "who-changed-category": {
        "en": "Who changed category?",
        "fr": "Qui a changé de catégorie ?",
    },
    "which-names-changed": {
        "en": "Which names were changed on the list?",
        "fr": "Quels noms ont changé sur la liste ?",
    },
    "is-the-day-known": {
        "en": "Is the day of signature known?",
        "fr": "Le jour de la signature est-il connu ?",
    },
    "how-do-we-know": {
        "en": "How is it known since when a party supports {call}?",
        "fr": "Comment sait-on depuis quand une partie soutient {call} ?",
    },
    "signed-by-the-end-of-2019": {
        "en": "How many had signed by the end of 2019?",
        "fr": "Combien avaient signé fin 2019 ?",
    },
    "how-many-states-were-claimed": {
        "en": "How many states were said to support {call}?",
        "fr": "Combien d’États a-t-on dit soutenir {call} ?",
    },
    "named-but-never-listed": {
        "en": "Who was named as a supporter but never listed?",
        "fr": "Qui a été cité comme soutien sans jamais être inscrit ?",
    },
    "which-principles": {
        "en": "What are the principles of {call}?",
        "fr": "Quels sont les principes ?",
    },
    "who-endorses-several-calls": {
        "en": "Who endorses several calls?",
        "fr": "Qui soutient plusieurs appels ?",
    },
    "what-calls-have-in-common": {
        "en": "What do the calls have in common?",
        "fr": "Qu’ont les appels en commun ?",
    },
}

ANSWERS: dict[str, dict[str, str]] = {
    "how-many": {
        "en": "{total} parties support {call} today. The largest group is “{largest}” with {largest_number}.",
        "fr": "{total} parties soutiennent {call} aujourd’hui. Le groupe le plus nombreux est « {largest} », avec {largest_number}.",
    },
    "which-states": {
        "en": "{count} states support {call} today. Their support is known {span}; for most, the day of signature itself is not known.",
        "fr": "{count} États soutiennent {call} aujourd’hui. Leur soutien est connu {span} ; pour la plupart, le jour même de la signature n’est pas connu.",
    },
    "states-of-the-eu": {
        "en": "{count} of the {asked_of} members of the European Union support {call}. Their support is known {span}.",
        "fr": "{count} des {asked_of} membres de l’Union européenne soutiennent {call}. Leur soutien est connu {span}.",
    },
    "has-the-united-states-signed": {
        "en": "{sentence} These are its events; where an event has two dates, it happened between them.",
        "fr": "{sentence} Voici ses événements ; celui qui a deux dates s’est produit entre elles.",
    },
    "how-many-in-africa": {
        "en": "{count} supporters of {call} are in Africa. The country with most of them is {place}, with {place_number}. The countries of Africa are those of the United Nations standard M49.",
        "fr": "{count} parties qui soutiennent {call} sont en Afrique. Le pays qui en compte le plus est : {place}, avec {place_number}. Les pays d’Afrique sont ceux de la norme M49 des Nations unies.",
    },
    "companies-of-germany": {
        "en": "{count} companies and other bodies of the private sector in Germany support {call}. Their support is known {span}.",
        "fr": "{count} entreprises et autres organismes du secteur privé d’Allemagne soutiennent {call}. Leur soutien est connu {span}.",
    },
    "countries-of-companies": {
        "en": "Most private-sector supporters come from this country: {largest}, with {largest_number}. The ten first countries are shown.",
        "fr": "Le pays d’où vient la plus grande part du secteur privé est : {largest}, avec {largest_number}. Les dix premiers pays sont montrés.",
    },
    "countries-without-their-state": {
        "en": "In {count} countries, organisations support {call} although the state does not. The largest is {largest} with {largest_number} supporters.",
        "fr": "Dans {count} pays, des organisations soutiennent {call} sans que l’État le fasse. Le premier est : {largest}, avec {largest_number} soutiens.",
    },
    "when-did-they-join": {
        "en": "Of {total} endorsements, {largest_number} became known in {largest}, more than in any other year. A year is that in which the support became known; for many it is when a list was published, not when they signed.",
        "fr": "Sur {total} soutiens, {largest_number} sont connus depuis {largest}, plus que toute autre année. L’année est celle où le soutien a été connu ; pour beaucoup, c’est celle où une liste a paru, non celle de la signature.",
    },
    "how-many-at-the-end-of-2019": {
        "en": "{total} parties were known to support {call} on 31 December 2019. The largest group was “{largest}” with {largest_number}.",
        "fr": "{total} parties étaient connues pour soutenir {call} au 31 décembre 2019. Le groupe le plus nombreux était « {largest} », avec {largest_number}.",
    },
    "who-left": {
        "en": "{count} endorsements of {call} have ended, the first by {first}, the last by {last}. Why is known only where a status says so.",
        "fr": "{count} soutiens ont pris fin, le premier au plus tard le {first}, le dernier au plus tard le {last}. La raison n’est connue que si un statut la dit.",
    },
    "who-took-whose-place": {
        "en": "On record: {count}, the last by {last}.",
        "fr": "Enregistrés : {count}, en dernier lieu au plus tard le {last}.",
    },
    "who-changed-category": {
        "en": "{count} changes of category are on record, the last seen by {last}.",
        "fr": "{count} changements de catégorie sont enregistrés, le dernier constaté au plus tard le {last}.",
    },
    "which-names-changed": {
        "en": "{count} changes of a name are on record, the last seen by {last}.",
        "fr": "{count} changements de nom sont enregistrés, le dernier constaté au plus tard le {last}.",
    },
    "is-the-day-known": {
        "en": "Of {total} signatures, the day is known for {known}. For the other {unknown}, only two days are known between which the party must have signed.",
        "fr": "Sur {total} signatures, le jour est connu pour {known}. Pour les {unknown} autres, on sait seulement entre quels jours la partie doit avoir signé.",
    },
    "how-do-we-know": {
        "en": "For {largest_number} of {total} endorsements, the first date is of the kind “{largest}”. Such a date is no day of signature unless it is declared.",
        "fr": "Pour {largest_number} soutiens sur {total}, la première date est de la nature « {largest} ». Elle n’est un jour de signature que si elle est déclarée.",
    },
    "signed-by-the-end-of-2019": {
        "en": "{least} had certainly signed by 31 December 2019, and {most} may have.",
        "fr": "{least} avaient certainement signé au 31 décembre 2019, et {most} ont pu le faire.",
    },
    "how-many-states-were-claimed": {
        "en": "Sources give {count} numbers of states, for dates from {first} to {last}. They are claims, and need not agree with each other.",
        "fr": "Des sources donnent {count} nombres d’États, pour des dates du {first} au {last}. Ce sont des affirmations, qui peuvent se contredire.",
    },
    "named-but-never-listed": {
        "en": "{count} statements name somebody whom no list has.",
        "fr": "{count} affirmations citent quelqu’un qui n’est sur aucune liste.",
    },
    "which-principles": {
        "en": "There are {count} principles.",
        "fr": "Il y a {count} principes.",
    },
    "who-endorses-several-calls": {
        "en": "{count} parties endorse more than one call.",
        "fr": "{count} parties soutiennent plus d’un appel.",
    },
    "what-calls-have-in-common": {
        "en": "For each two calls, the parties that endorse both are counted. The most are {largest_number}.",
        "fr": "Pour chaque paire d’appels, on compte les parties qui soutiennent les deux. Le plus grand nombre est {largest_number}.",
    },
}
