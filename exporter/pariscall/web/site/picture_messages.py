"""The words around the pictures: what to see in them, and how to take them along, in English and in French."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "see_categories": (
        "From {first} to {last} parties. The largest step, of {step} in the month up to {month}, is a change of the list: those parties may have signed at any time before.",
        "De {first} à {last} parties. La plus grande marche, de {step} dans le mois jusqu’au {month}, est un changement de la liste : ces parties ont pu signer à tout moment avant.",
    ),
    "see_since": (
        "Of {last} endorsements, {step} became known in the month up to {month} alone. For whoever is first seen on a list, the date of signature is not known.",
        "Sur {last} soutiens, {step} ont été connus dans le seul mois jusqu’au {month}. Pour qui apparaît d’abord sur une liste, la date de signature n’est pas connue.",
    ),
    "see_regions": (
        "{region} has {share} of the supporters.",
        "{region} : {share} des soutiens.",
    ),
    "see_overlaps": (
        "{one} and {other} share the most parties: {number}.",
        "{one} et {other} ont le plus de parties en commun : {number}.",
    ),
    "chart_ecosystem": ("Parties and calls", "Parties et appels"),
    "see_ecosystem": (
        "Of {total} parties, {several} endorse more than one call; each dot is a party, and each circle holds those that endorse the same calls.",
        "Sur {total} parties, {several} soutiennent plus d’un appel ; chaque point est une partie, et chaque cercle réunit celles qui soutiennent les mêmes appels.",
    ),
    "ecosystem_lead": (
        "A dot leads to the page of its party. What is near has no meaning; the lines show which calls the parties of a circle endorse today.",
        "Un point mène à la page de sa partie. La proximité ne dit rien ; les traits montrent quels appels les parties d’un cercle soutiennent aujourd’hui.",
    ),
    "ecosystem_told": ("{number} parties", "{number} parties"),
    "endorsed_calls": ("Calls endorsed", "Appels soutenus"),
    "every_call": ("All calls", "Tous les appels"),
    "every_category": ("All categories", "Toutes les catégories"),
    "who_they_are": ("Who they are", "Qui elles sont"),
    "picture_png": ("Image (PNG)", "Image (PNG)"),
    "picture_svg": ("Drawing (SVG)", "Dessin (SVG)"),
    "picture_csv": ("Numbers (CSV)", "Chiffres (CSV)"),
    "picture_json": ("Source (Vega-Lite)", "Source (Vega-Lite)"),
    "picture_embed": ("Embed", "Intégrer"),
    "picture_cite": ("Cite this picture", "Citer cette image"),
    "picture_values": ("Values", "Valeurs"),
    "map_by_region": ("By region", "Par région"),
    "map_region_told": (
        "{number} in {countries} countries",
        "{number} dans {countries} pays",
    ),
    "map_country": ("Country", "Pays"),
    "country_code": ("Code", "Code"),
    "map_no_country": ("Choose one", "À choisir"),
    "map_here": (
        "{country}: {number}",
        "{country} : {number}",
    ),
}
