"""The tests that fail with Oxigraph 0.5.13, each with the reason."""

from __future__ import annotations

_ISSUE = "https://github.com/oxigraph/oxigraph/issues/{}"
_PULL = "https://github.com/oxigraph/oxigraph/pull/{}"
_GROUP_CONCAT = f"GROUP_CONCAT keeps a language tag, {_PULL.format(1717)}"
_GRAPH = f"GRAPH with a variable around VALUES, MINUS or a sub-query, {_ISSUE.format(1450)}"
_PATH = f"paths of length zero and terms that are in no triple, {_PULL.format(1815)}"
_UPDATE = "the endpoint takes no updates"

KNOWN = {
    "aggregates/agg-groupconcat-04": _GROUP_CONCAT,
    "aggregates/agg-groupconcat-06": _GROUP_CONCAT,
    "aggregates/agg-empty-group-count-graph": _GRAPH,
    "bindings/graph": _GRAPH,
    "negation/graph-minus": _GRAPH,
    "functions/bnode01": "BNODE with an argument returns one node for all solutions, no issue found",
    "property-path/zero_or_more_set_start": _PATH,
    "property-path/zero_or_more_set_end": _PATH,
    "property-path/zero_or_one_set_start": _PATH,
    "property-path/zero_or_one_set_end": _PATH,
    "csv-tsv-res/csv03": f"doubles are stored by value, {_ISSUE.format(526)}",
    **{
        f"protocol/update_{name}": _UPDATE
        for name in (
            *("dataset_default_graph", "dataset_default_graphs", "dataset_named_graphs"),
            *("dataset_full", "post_form", "post_direct", "base_uri"),
        )
    },
}
