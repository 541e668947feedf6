"""The words on what bodies did, what they belong to and who they are elsewhere, in both languages."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # What supporters did.
    "working_groups": ("Working groups", "Groupes de travail"),
    "working_group": ("Working group", "Groupe de travail"),
    "working_groups_lead": (
        "In 2021 six groups worked on the call. Organisations that support nothing took part too, and are shown as such.",
        "En 2021, six groupes ont travaillé sur l’appel. Des organisations qui ne soutiennent rien y ont aussi pris part ; elles sont signalées.",
    ),
    "taking_part": ("Who took part", "Qui a pris part"),
    "no_supporter": ("no supporter", "pas un soutien"),
    "meetings": ("Meetings", "Réunions"),
    "what_it_did": ("What it did", "Ce qu’elle a fait"),
    "takes_part_in": ("Takes part in", "Prend part à"),
    "at_work_on": ("At work on", "À l’œuvre sur"),
    "work_on_it": ("Work on it", "À l’œuvre"),
    "by": ("By", "Par"),
    "dcterms:subject": ("principle", "principe"),
    # Groupings of states.
    "groupings": ("Groupings of states", "Groupes d’États"),
    "groupings_lead": (
        "How many members of each grouping support the call as states. Today’s members are counted.",
        "Combien de membres de chaque groupe soutiennent l’appel en tant qu’États. Les membres actuels sont comptés.",
    ),
    "grouping_lead": (
        "{supporting} of {all} members support the call as states.",
        "{supporting} membres sur {all} soutiennent l’appel en tant qu’États.",
    ),
    "members_supporting": ("Members that support the call", "Membres qui soutiennent l’appel"),
    "members_not_supporting": ("Members that do not", "Membres qui ne le soutiennent pas"),
    "former_memberships": ("Memberships that have ended", "Appartenances qui ont pris fin"),
    # Who a party is elsewhere, and how that is known.
    "identities_link": (
        "Their identifiers in other registries",
        "Leurs identifiants dans d’autres registres",
    ),
    "elsewhere": ("Elsewhere", "Ailleurs"),
    "possibly_the_same": ("Possibly the same", "Peut-être la même"),
    "duplicates": ("Possible duplicates", "Doublons possibles"),
    "duplicates_lead": (
        "Some supporters are listed twice, perhaps. The registry’s list stays as it is; here is what speaks for it.",
        "Certains soutiens figurent peut-être deux fois. La liste du registre reste telle quelle ; voici ce qui le suggère.",
    ),
    "distinct_bodies": (
        "The registry lists {most} supporters. If each pair is one body, there are {fewest}.",
        "Le registre liste {most} soutiens. Si chaque paire est un seul organisme, il y en a {fewest}.",
    ),
    "names begin alike": ("the names begin alike", "les noms commencent de même"),
    "names begin alike, country agrees": (
        "the names begin alike, and the country agrees",
        "les noms commencent de même, et le pays concorde",
    ),
    "initials of the name, country agrees": (
        "one is the initials of the other, and the country agrees",
        "l’un est formé des initiales de l’autre, et le pays concorde",
    ),
    "name in brackets, country agrees": (
        "one is in brackets after the other, and the country agrees",
        "l’un est entre parenthèses après l’autre, et le pays concorde",
    ),
    "website and country agree": ("website and country agree", "site web et pays concordent"),
    "identities": ("Identities", "Identités"),
    "identities_lead": (
        "What the supporters are in other registries, so that these data can be joined with others.",
        "Ce que sont les soutiens dans d’autres registres, pour joindre ces données à d’autres.",
    ),
    "identities_how": (
        "Counted are exact matches. Name and one thing more agree, such as the country or the website; what disagrees is left out.",
        "Seules les correspondances exactes sont comptées. Le nom et une autre chose concordent, comme le pays ou le site web ; ce qui diverge est laissé de côté.",
    ),
    "identity_scheme": ("Registry", "Registre"),
    "any_identifier": ("Any of these", "L’un d’entre eux"),
    "in_all": ("In all", "En tout"),
    "identities_found": ("Identities found there", "Identités trouvées là"),
    "mapping_reviewed": ("reviewed", "relu"),
    "name and code agree": ("name and code agree", "nom et code concordent"),
    "name and country agree": ("name and country agree", "nom et pays concordent"),
    "name and website agree": ("name and website agree", "nom et site web concordent"),
    "name, country and website agree": (
        "name, country and website agree",
        "nom, pays et site web concordent",
    ),
    "name and second source agree": (
        "name and a second source agree",
        "nom et une seconde source concordent",
    ),
    "name, country and second source agree": (
        "name, country and a second source agree",
        "nom, pays et une seconde source concordent",
    ),
    "name, country, website and second source agree": (
        "name, country, website and a second source agree",
        "nom, pays, site web et une seconde source concordent",
    ),
    "name agrees, which no other country has": (
        "the name agrees, which no other country has",
        "le nom concorde, qu’aucun autre pays n’a",
    ),
    "members": ("Members", "Membres"),
    "initiated": ("Launched", "A lancé"),
}
