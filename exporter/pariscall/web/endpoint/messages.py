"""The sentences of the server's problems in French, by the English ones."""

from __future__ import annotations

FRENCH = {
    "answers of this kind come as {types}.": "les réponses de ce genre existent en {types}.",
    "send JSON as the Reconciliation Service API has it.": "envoyez du JSON comme le veut la Reconciliation Service API.",
    "ask for {limit} names at most.": "demandez {limit} noms au plus.",
    "a request has {limit} bytes at most.": "une requête a {limit} octets au plus.",
    "use GET.": "utilisez GET.",
    "use GET or POST.": "utilisez GET ou POST.",
    "nothing is described here.": "rien n’est décrit ici.",
    "the headers of a request have {limit} bytes at most.": "les en-têtes d’une requête ont {limit} octets au plus.",
    "a header lists {limit} values at most.": "un en-tête énumère {limit} valeurs au plus.",
    "a body has a length or comes in chunks, not both.": "un corps a une longueur ou vient par morceaux, pas les deux.",
    "the request did not come in.": "la requête n’est pas arrivée à temps.",
    "send {types}, in UTF-8.": "envoyez {types}, en UTF-8.",
    "there is a query in the body and one in the URL.": "il y a une requête dans le corps et une dans l’adresse.",
    "this endpoint answers queries; it takes no updates.": "ce service répond aux requêtes ; il n’accepte pas de mises à jour.",
    "there are {number} queries; ask one.": "il y a {number} requêtes ; posez-en une.",
    "a query has {limit} bytes at most.": "une requête a {limit} octets au plus.",
    "send the query as it is, not compressed.": "envoyez la requête telle quelle, sans la compresser.",
    "you have too many queries in progress. Wait for them.": "vous avez trop de requêtes en cours. Attendez leurs réponses.",
    "all turns are taken. Ask again later.": "toutes les places sont prises. Réessayez plus tard.",
    "the query took longer than {seconds} seconds, which is all it gets.": "la requête a pris plus de {seconds} secondes, tout ce qui lui est accordé.",
    "the query took more memory, or nests deeper, than is given to one.": "la requête a pris plus de mémoire, ou s’imbrique plus, que ce qui est accordé à une seule.",
    "the query was interrupted. Ask again.": "la requête a été interrompue. Reposez-la.",
    "there is no format {name}. Choose {names}.": "il n’y a pas de format {name}. Choisissez {names}.",
    "the query is not UTF-8.": "la requête n’est pas en UTF-8.",
    "there are more than {limit} parameters.": "il y a plus de {limit} paramètres.",
    "the result is over {limit} bytes.": "le résultat dépasse {limit} octets.",
    "a result of this size takes HTTP/1.1.": "un résultat de cette taille demande HTTP/1.1.",
}


# The words of the plain page of a resource, in English and French.
PAGE_WORDS = {
    "home": ("Home", "Accueil"),
    "other": ("en français", "in English"),
    "mentions": ("Mentioned by", "Mentionné par"),
    "empty": ("The graph is empty.", "Le graphe est vide."),
}


def sentence(text: str, lang: str, **values: object) -> str:
    """Return a sentence in a language; one without a translation, such as a syntax error, as it is."""
    if text not in FRENCH:
        return text
    return (FRENCH[text] if lang == "fr" else text).format(**values)
