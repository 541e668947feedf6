"""The words of the pages about the ontology, the code lists and the shapes, in both languages."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
}
