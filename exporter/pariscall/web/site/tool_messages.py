"""The words of the charts and of the query page, in English and in French."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Charts.
    "charts": ("Charts", "Graphiques"),
    "charts_lead": (
        "The Call in pictures. The numbers of each chart are in a table behind it.",
        "L’Appel en images. Les chiffres de chaque graphique sont dans un tableau.",
    ),
    "all_charts": ("All charts", "Tous les graphiques"),
    "the_numbers": ("The numbers", "Les chiffres"),
    "total": ("Total", "Total"),
    "share": ("Share", "Part"),
    "region": ("Region", "Région"),
    "region_002": ("Africa", "Afrique"),
    "region_009": ("Oceania", "Océanie"),
    "region_019": ("Americas", "Amériques"),
    "region_142": ("Asia", "Asie"),
    "region_150": ("Europe", "Europe"),
    "region_": ("No region", "Sans région"),
    "chart_since": ("Endorsements known, over time", "Soutiens connus au fil du temps"),
    "chart_since_lead": (
        "Each endorsement counts from the first day on which it is known. That day is declared by the party or the registry, reported by others, or else the day on which the registry was first seen to list the party: the great steps are days on which lists were published, not days of signing. Endorsements that ended are counted on.",
        "Chaque soutien compte à partir du premier jour où il est connu. Ce jour est déclaré par la partie ou le registre, rapporté par d’autres, ou bien celui où la partie a d’abord été vue au registre : les grandes marches sont des jours de publication de listes, non de signature. Les soutiens qui ont pris fin restent comptés.",
    ),
    "chart_categories": (
        "Supporters listed, by category, over time",
        "Soutiens inscrits, par catégorie, au fil du temps",
    ),
    "chart_categories_lead": (
        "Whom the registry listed at the end of each month, in the category that it then gave them. Those who left are no longer counted.",
        "Qui figurait au registre à la fin de chaque mois, dans la catégorie qu’il lui donnait alors. Ceux qui sont partis ne comptent plus.",
    ),
    "chart_regions": ("The share of each region", "La part de chaque région"),
    "chart_regions_lead": (
        "Supporters by the region of their country, as the United Nations group them (M49). Parties of no one country, such as the European Union, stand without a region.",
        "Les soutiens selon la région de leur pays, d’après les Nations unies (M49). Les parties qui ne sont d’aucun pays, comme l’Union européenne, n’ont pas de région.",
    ),
    "chart_countries": ("Supporters by country", "Soutiens par pays"),
    "chart_countries_lead": (
        "The stronger the colour of a country, the more supporters it has, states and organisations together.",
        "Plus la couleur d’un pays est forte, plus il compte de soutiens, États et organisations confondus.",
    ),
    "at_day": ("On", "Au"),
    # The query page.
    "query": ("Query", "Interroger"),
    "query_title": ("Ask the data", "Interroger les données"),
    "query_lead": (
        "Any question in SPARQL 1.1 on the data, the ontology and the code lists. It is answered in this browser: nothing is sent anywhere.",
        "Toute question en SPARQL 1.1 sur les données, l’ontologie et les listes de codes. La réponse est calculée dans ce navigateur : rien n’est envoyé.",
    ),
    "query_needs_script": (
        "Asking needs JavaScript. Without it, download the data and use the command pariscall query.",
        "Interroger demande JavaScript. Sans lui, téléchargez les données et utilisez la commande pariscall query.",
    ),
    "query_editor": ("Query in SPARQL", "Requête en SPARQL"),
    "query_keys": (
        "Ctrl+Enter runs the query; Ctrl+Space completes a term by its name, such as “signatory”; Escape, then Tab, leaves the editor.",
        "Ctrl+Entrée lance la requête ; Ctrl+Espace complète un terme par son nom, tel que « signataire » ; Échap, puis Tab, quitte l’éditeur.",
    ),
    "query_completions": ("Terms", "Termes"),
    "query_examples": ("Ready-made questions", "Questions toutes prêtes"),
    "run": ("Run", "Lancer"),
    "stop": ("Stop", "Arrêter"),
    "share_link": ("Link to this query", "Lien vers cette requête"),
    "prefixes": ("Prefixes that need no declaration", "Préfixes à ne pas déclarer"),
    "query_loading": ("Loading the data: {}", "Chargement des données : {}"),
    "query_reading": ("Reading the data…", "Lecture des données…"),
    "query_running": ("Running…", "En cours…"),
    "query_stopped": ("Stopped.", "Arrêtée."),
    "query_done": ("{} rows in {} s", "{} lignes en {} s"),
    "query_done_one": ("1 row in {} s", "1 ligne en {} s"),
    "query_shown": (
        "The first {} are shown; a download has all.",
        "Les {} premières sont affichées ; un téléchargement les a toutes.",
    ),
    "query_graph": ("A graph, in {} s", "Un graphe, en {} s"),
    "query_yes": ("Yes.", "Oui."),
    "query_no": ("No.", "Non."),
    "query_wrong": ("Line {}, column {}: ", "Ligne {}, colonne {} : "),
    "query_failed": (
        "The data cannot be loaded. A browser loads them from a web server only, not from a file.",
        "Les données ne peuvent être chargées. Un navigateur ne les charge que depuis un serveur web, non depuis un fichier.",
    ),
    "results": ("Results", "Résultats"),
    "view_as": ("Show as", "Afficher en"),
    "view_table": ("Table", "Tableau"),
    "view_bars": ("Bars", "Barres"),
    "view_map": ("Map", "Carte"),
    "view_timeline": ("Timeline", "Chronologie"),
    "view_column": ("Column", "Colonne"),
    "view_first": (
        "The first {} are drawn; the table has all.",
        "Les {} premières entrées sont dessinées ; le tableau les a toutes.",
    ),
    "view_more": ("and {} more", "et {} de plus"),
    "view_mapped": (
        "Map of the world with {} countries; the table has their numbers.",
        "Carte du monde avec {} pays ; le tableau a leurs nombres.",
    ),
    "view_unmapped": ("Not on the map: {}", "Absents de la carte : {}"),
    "view_timed": (
        "Number by month of {} rows; the table has their dates.",
        "Nombre par mois de {} lignes ; le tableau a leurs dates.",
    ),
    "view_failed": (
        "The map cannot be loaded.",
        "La carte ne peut être chargée.",
    ),
    "download_as": ("Download:", "Télécharger :"),
}
