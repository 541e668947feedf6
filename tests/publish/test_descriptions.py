"""What describes a release is sound by the validator of each standard, and true of its files."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store
from requests.structures import CaseInsensitiveDict
from requests_cache import CachedSession
from requests_cache.models.request import CachedRequest
from requests_cache.models.response import CachedResponse

from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.rdf.statistics import LINKED
from support.recipes import check_schema
from support.releases import VERSION
from support.tables import read_records

pytestmark = pytest.mark.slow


RELEASE = f"{BASE}dataset/paris-call/{VERSION}"
SIGNATORIES = "paris-call-signatories.csv"
BIN = Path(sys.executable).parent
CRATE_CONTEXT = "https://w3id.org/ro/crate/1.1/context"


@pytest.fixture
def made(whole_release: Path) -> Path:
    return whole_release


# ------------------------------------------------------------------- Data Package


def package_errors(folder: Path) -> list[tuple[str, str]]:
    """Give what the validator finds: in which file, and in which column."""
    finished = subprocess.run(
        [BIN / "frictionless", "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    report = json.loads(finished.stdout)
    assert not report["errors"]
    return [
        (task["place"], error.get("fieldName", ""))
        for task in report["tasks"]
        for error in task["errors"]
    ]


def test_the_data_package_is_valid_and_so_is_each_cell_of_its_tables(made: Path) -> None:
    assert package_errors(made) == []
    package = json.loads((made / "datapackage.json").read_bytes())
    tables = {
        resource["path"]: {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in package["resources"]
        if resource["profile"] == "tabular-data-resource"
    }
    assert tables.keys() == {"paris-call-ledger.csv", SIGNATORIES}
    assert list(tables[SIGNATORIES]) == list(read_records(made / SIGNATORIES)[0])
    assert tables[SIGNATORIES]["since"]["type"] == "date"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [(",2019-11-10,", ",10.11.2019,", "since"), (",active,", ",,", "status")],
)
def test_a_cell_that_is_not_what_the_data_package_says_is_found(
    small_release: Path, tmp_path: Path, old: str, new: str, column: str
) -> None:
    package = json.loads((small_release / "datapackage.json").read_bytes())
    [table] = [table for table in package["resources"] if table["path"] == SIGNATORIES]
    del table["hash"], table["bytes"]
    package["resources"] = [table]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    text = (small_release / SIGNATORIES).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / SIGNATORIES).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert package_errors(tmp_path) == [(SIGNATORIES, column)]


# ----------------------------------------------------------------------- RO-Crate


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the context of RO-Crate where its validator looks before it asks the network."""
    cache = tmp_path_factory.mktemp("contexts") / "http"
    with CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1) as session:
        response = CachedResponse(
            status_code=200,
            url=CRATE_CONTEXT,
            headers=CaseInsensitiveDict({"Content-Type": "application/ld+json"}),
            content=(files("rocrate") / "data" / "ro-crate.jsonld").read_bytes(),
            request=CachedRequest(method="GET", url=CRATE_CONTEXT),
        )
        session.cache.save_response(response)
    return cache


def crate_issues(made: Path, contexts: Path) -> set[tuple[str, str]]:
    """Give what the validator finds: how severe, and of what property."""
    out = contexts.with_name("report.json")
    command = [str(BIN / "rocrate-validator"), "-y", "validate", str(made), "--offline"]
    command += ["--profile-identifier", "ro-crate-1.1", "--requirement-severity", "recommended"]
    command += ["--cache-path", str(contexts), "--output-format", "json", "--output-file", str(out)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert out.exists(), finished.stdout + finished.stderr
    report = json.loads(out.read_bytes())
    return {(issue["severity"], issue["violatingProperty"]) for issue in report["issues"]}


def test_the_crate_is_sound_and_follows_all_advice_but_that_on_a_home_page(
    made: Path, contexts: Path
) -> None:
    # The publisher has no page of its own to name.
    assert crate_issues(made, contexts) == {("RECOMMENDED", "http://schema.org/url")}


# ---------------------------------------------------------------------- Croissant


def test_the_records_of_croissant_are_the_rows_of_the_table(made: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(made / "croissant.json")
    assert dataset.metadata.ctx.issues.warnings == set()
    records = list(dataset.records("paris-call-signatories"))
    assert [list(map(spelt, record.values())) for record in records] == [
        list(row.values()) for row in read_records(made / SIGNATORIES)
    ]
    assert [name.partition("/")[2] for name in records[0]] == list(
        read_records(made / SIGNATORIES)[0]
    )


def test_codes_of_regions_are_text_in_croissant(made: Path) -> None:
    described = json.loads((made / "croissant.json").read_bytes())
    [region] = [
        field["dataType"]
        for records in described["recordSet"]
        for field in records["field"]
        if field["@id"] == "paris-call-signatories/region"
    ]
    assert region == "sc:Text"


def spelt(value: Any) -> str:
    """Spell a value that Croissant gives as the CSV does; its reader makes a number of a region, text or not."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, bytes):
        return str(value.date().isoformat())
    text = value.decode()
    return f"{int(text[:-2]):03}" if text.endswith(".0") else text


# ------------------------------------------------------------------ CITATION.cff


def test_the_citation_fits_its_schema(made: Path) -> None:
    check_schema("citation-file-format", made / "CITATION.cff")


# -------------------------------------------------------------------- schema.org


def vocabulary() -> dict[str, dict[str, Any]]:
    """Read the terms of schema.org by name."""
    graph = json.loads((files("rocrate") / "data" / "schema.jsonld").read_bytes())["@graph"]
    return {term["@id"].removeprefix("schema:"): term for term in graph}


def names(value: Any) -> list[str]:
    """Give the terms that a value of the vocabulary refers to."""
    values = value if isinstance(value, list) else [value] if value else []
    return [value["@id"].removeprefix("schema:") for value in values]


def test_schema_org_has_each_type_and_property_and_lets_them_go_together(made: Path) -> None:
    terms = vocabulary()

    def ancestors(name: str) -> set[str]:
        return {name}.union(*map(ancestors, names(terms[name].get("rdfs:subClassOf"))))

    def check(node: dict[str, Any]) -> None:
        kinds = ancestors(node["@type"])
        for key, value in node.items():
            if not key.startswith("@"):
                assert kinds & set(names(terms[key]["schema:domainIncludes"])), key
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    check(part)

    document = json.loads((made / "schema-org.jsonld").read_bytes())
    assert document["@context"] == "https://schema.org/"
    check(document)


# --------------------------------------------------------------------------- VoID


COUNTS = f"""
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
    (COUNT(DISTINCT ?class) AS ?classes) (COUNT(DISTINCT ?p) AS ?properties)
    (COUNT(DISTINCT ?ours) AS ?entities)
{{ ?s ?p ?o
   BIND(IF(?p = rdf:type, ?o, ?none) AS ?class)
   BIND(IF(STRSTARTS(STR(?s), "{BASE}") && isIRI(?s), ?s, ?none) AS ?ours) }}
"""
# What VoID says of a part, and how to count it in the data.
PARTITIONS = (
    (
        "SELECT ?class ?n { ?part void:class ?class ; void:entities ?n }",
        "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class",
    ),
    (
        "SELECT ?p ?n { ?part void:property ?p ; void:triples ?n }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    ),
    (
        """SELECT ?space ?p ?n { ?links a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
            void:objectsTarget/void:uriSpace ?space }""",
        f"""SELECT ?space ?p (COUNT(*) AS ?n) {{
            VALUES ?space {{ {" ".join(map(str, map(Literal, LINKED.values())))} }}
            ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), ?space))
            FILTER(!STRSTARTS(STR(?s), ?space)) }} GROUP BY ?space ?p""",
    ),
)


def table(store: Store, query: str) -> list[tuple[str | int, ...]]:
    """Answer a query: IRIs as text, numbers as numbers."""
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return [tuple(map(plain, solution)) for solution in found]


def plain(term: Any) -> str | int:
    assert isinstance(term, NamedNode | Literal)
    is_number = isinstance(term, Literal) and term.value.isdigit()
    return int(term.value) if is_number else term.value


def test_every_number_of_void_is_what_sparql_counts_in_the_dump(made: Path) -> None:
    data, void = Store(), Store()
    data.bulk_load(path=made / "paris-call.nt", format=RdfFormat.N_TRIPLES)
    void.bulk_load(path=made / "void.ttl", format=RdfFormat.TURTLE)
    [counted] = table(data, COUNTS)
    names = ("triples", "distinctSubjects", "distinctObjects", "classes", "properties", "entities")
    said = table(void, f"SELECT ?p ?n {{ <{RELEASE}> ?p ?n FILTER(isNumeric(?n)) }}")
    assert set(said) == {
        (PREFIXES["void"] + name, number) for name, number in zip(names, counted, strict=True)
    }
    for said_query, counted_query in PARTITIONS:
        parts = sorted(table(data, counted_query))
        assert parts
        assert sorted(table(void, said_query)) == parts
