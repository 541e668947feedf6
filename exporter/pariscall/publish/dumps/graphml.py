"""Parties and calls as a network in GraphML, for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

from typing import BinaryIO
from xml.etree import ElementTree as ET

from ...rdf.namespaces import BASE
from ...tables.document import Document
from ...tables.rows import NamedCells, Row

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_OF_A_NODE = ("kind", "label", "nature", "country")
_OF_AN_EDGE = ("relation", "status", "category", "since", "since_basis", "until")


class GraphMlWriter:
    """Writes http://graphml.graphdrawing.org/: a node for each party and call.

    An edge leads from a party to a call that it endorses, to a call that a source says it supports, or to a
    party that it is a member of.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._nodes: dict[str, dict[str, str]] = {}
        self._edges: dict[tuple[str, str, str], dict[str, str]] = {}

    def write(self, document: Document) -> None:
        """Note the parties, the calls, and what connects them."""
        for row in document.rows:
            match row.table.name:
                case "parties.csv":
                    self._add_party(row)
                case "calls.csv":
                    label = row["label_en"]
                    self._nodes[f"call/{row['call']}"] = {"kind": "call", "label": label}
                case "endorsements.csv":
                    self._add_edge(row, "endorses", _cells(row, _OF_AN_EDGE[1:]))
                case "claims.csv" if row["polarity"] == "affirms":
                    self._add_edge(row, "claimed", {})

    def close(self) -> None:
        """Write the network; a claim adds nothing to an endorsement."""
        ET.register_namespace("", _GRAPHML)
        root = ET.Element(f"{{{_GRAPHML}}}graphml")
        for of, names in (("node", _OF_A_NODE), ("edge", _OF_AN_EDGE)):
            for name in names:
                attributes = {"for": of, "attr.name": name, "attr.type": "string"}
                ET.SubElement(root, f"{{{_GRAPHML}}}key", {"id": f"{of}-{name}", **attributes})
        graph = ET.SubElement(root, f"{{{_GRAPHML}}}graph", id="G", edgedefault="directed")
        for name, values in sorted(self._nodes.items()):
            _element(graph, "node", {"id": BASE + name}, values)
        for (source, target, relation), values in sorted(self._edges.items()):
            if relation != "claimed" or (source, target, "endorses") not in self._edges:
                ends = {"source": BASE + source, "target": BASE + target}
                _element(graph, "edge", ends, {"relation": relation, **values})
        ET.indent(root, " ")
        self._file.write(ET.tostring(root, "utf-8", xml_declaration=True) + b"\n")

    def _add_party(self, row: Row) -> None:
        name = f"actor/{row['party']}"
        label = row["name"] or row["name_en"]
        self._nodes[name] = {"kind": "party", "label": label, **_cells(row, _OF_A_NODE[2:])}
        if row["member_of"]:
            self._edges[name, f"actor/{row['member_of']}", "member of"] = {}

    def _add_edge(self, row: NamedCells, relation: str, values: dict[str, str]) -> None:
        self._edges[f"actor/{row['party']}", f"call/{row['call']}", relation] = values


def _cells(row: NamedCells, names: tuple[str, ...]) -> dict[str, str]:
    return {name: row[name] for name in names if row[name]}


def _element(
    parent: ET.Element, tag: str, attributes: dict[str, str], values: dict[str, str]
) -> None:
    """Add a node or an edge with its values; XML has no control characters, nor has GraphML."""
    element = ET.SubElement(parent, f"{{{_GRAPHML}}}{tag}", attributes)
    for name, value in values.items():
        data = ET.SubElement(element, f"{{{_GRAPHML}}}data", key=f"{tag}-{name}")
        data.text = value
