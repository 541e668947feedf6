"""The words of the images that stand for pages where they are shared, in English and in French."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "share_call": ("The call", "L’appel"),
    "share_call_told": (
        "What it says, its principles, and who endorses it.",
        "Ce qu’il dit, ses principes et qui le soutient.",
    ),
    "share_charts": ("Charts and maps", "Graphiques et cartes"),
    "share_charts_told": (
        "Supporters over time, by category, region and country.",
        "Les soutiens au fil du temps, par catégorie, région et pays.",
    ),
    "share_country": ("Supporters by country", "Soutiens par pays"),
    "share_country_told": (
        "Which states, companies and organisations, and since when.",
        "Quels États, quelles entreprises et organisations, et depuis quand.",
    ),
    "share_data": ("Data", "Données"),
    "share_data_told": (
        "Tables, linked data, queries and their vocabulary, free to use.",
        "Tables, données liées, requêtes et leur vocabulaire, libres d’usage.",
    ),
    "share_party": ("Who supports the call", "Qui soutient l’appel"),
    "share_party_told": (
        "Since when, how sure that is, and which sources say so.",
        "Depuis quand, avec quelle certitude et selon quelles sources.",
    ),
    "share_question": ("Questions and answers", "Questions et réponses"),
    "share_question_told": (
        "Each with its table, its query and a file to take along.",
        "Chacune avec sa table, sa requête et un fichier à emporter.",
    ),
    "share_signatories": ("All signatories", "Tous les signataires"),
    "share_signatories_told": (
        "Choose, sort, look back to another day, and take the rows along.",
        "Choisissez, triez, remontez à un autre jour et emportez les lignes.",
    ),
    "share_source": ("A source for everything", "Une source pour tout"),
    "share_source_told": (
        "What it says, kept as said, and what rests on it.",
        "Ce qu’elle dit, consigné tel quel, et ce qui s’y appuie.",
    ),
}
