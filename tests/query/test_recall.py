"""How much of what is reviewed ``reconcile`` finds again, and how much else it proposes, as documented.

The service is one of others, csv-reconcile. It has the reviewed identifiers under the names that their sources
print, and three times as many bodies that are made up to look like them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pariscall.query.reconciling.candidates import Wanted, find_candidates
from pariscall.query.reconciling.service import Service
from pariscall.rdf.namespaces import PREFIXES
from pariscall.tables.csvw import TABLES, read_schema
from pariscall.tables.rows import read_records
from pariscall.tables.schemes import SCHEMES
from support.csv_reconcile import COUNTRY, PYTHON, csv_reconciling
from support.tables import parties

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.checkout,  # the figures stand in docs/
    pytest.mark.skipif(not PYTHON.exists(), reason="no csv-reconcile (make csv-reconcile)"),
]

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "identities.md"
SURE = 0.9
Body = tuple[str, str, str]  # identifier, name, country


@dataclass(frozen=True)
class Extract:
    """What a service has: by party the identifier that was reviewed, its name, and all bodies."""

    scheme: str
    right: Mapping[str, str]
    bodies: Sequence[Body]


def countries() -> dict[str, str]:
    return {
        row["country"]: row["name_en"] for row in read_records(read_schema(TABLES)["countries.csv"])
    }


def reviewed(scheme: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the reviewed rows of a scheme, with the country of the party."""
    schema, names = read_schema(TABLES), countries()
    of_party = {row["party"]: row["country"] for row in read_records(schema["parties.csv"])}
    for row in read_records(schema["mappings.sssom.tsv"]):
        if row["object_id"].startswith(f"{scheme}:") and row["predicate_id"] == "skos:exactMatch":
            yield row, names.get(of_party[row["party"]], "")


def companies() -> Extract:
    """Return LEIs under the names that the list of companies prints, beside bodies with names alike."""
    rows = list(reviewed("lei"))
    right = {row["party"]: row["object_id"] for row, _ in rows}
    bodies = [(row["object_id"][4:], row["object_label"], country) for row, country in rows]
    others = list(countries().values())
    for at, (_, name, country) in enumerate(list(bodies)):
        bodies += [
            (made_lei(3 * at), name, others[at % len(others)]),  # the same name elsewhere
            (made_lei(3 * at + 1), f"{name} Foundation", country),
            (made_lei(3 * at + 2), f"{name.split()[0]} Real Estate", country),
        ]
    return Extract("lei", right, bodies)


def states() -> Extract:
    """Return the items of all countries, beside bodies that bear their names."""
    schema = read_schema(TABLES)
    rows_of_all = read_records(schema["country_mappings.sssom.tsv"])
    mapped = [row for row in rows_of_all if row["object_id"].startswith("wd:")]
    items = {row["object_id"] for row in mapped}
    rows = [row for row, _ in reviewed("wd") if row["object_id"] in items]
    right = {row["party"]: row["object_id"] for row in rows}
    names = countries()
    bodies = [(row["object_id"][3:], row["object_label"], names[row["country"]]) for row in mapped]
    for at, (_, name, country) in enumerate(list(bodies)):
        bodies += [
            (f"Q9{3 * at:08}", f"Government of {name}", country),
            (f"Q9{3 * at + 1:08}", f"{name} national football team", country),
            (f"Q9{3 * at + 2:08}", name, "France"),  # a village, a ship or a film
        ]
    return Extract("wd", right, bodies)


def made_lei(number: int) -> str:
    """Return an LEI that nobody has, with right check digits."""
    stem = f"0000XX{number:012}"
    found = (f"{stem}{digits:02}" for digits in range(2, 99))
    return next(lei for lei in found if not SCHEMES["lei"].problem(lei))


def candidates(extract: Extract, folder: Path, tables: Path) -> list[dict[str, str]]:
    """Ask for those who are mapped, as if none were, and for each tenth of the other parties."""
    others = [party for party in parties() if party not in extract.right]
    left_out = [party for at, party in enumerate(others) if at % 10]
    keep_head(tables / "mapping_refusals.csv")
    names = keep_head(tables / "mappings.sssom.tsv")
    with (tables / "mappings.sssom.tsv").open("a", encoding="utf-8") as file:
        for at, party in enumerate(left_out):
            row = {"party": party, "object_id": f"{extract.scheme}:{at}"}
            file.write("\t".join(row.get(name, "") for name in names) + "\n")
    with csv_reconciling(folder, PREFIXES[extract.scheme], extract.bodies) as url:
        client = Service(url, 0)
        try:
            wanted = Wanted(extract.scheme, country=COUNTRY)
            return find_candidates(read_schema(tables), client, wanted)
        finally:
            client.close()


def keep_head(path: Path) -> list[str]:
    """Leave a table without rows, and return the names of its columns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    path.write_text("\n".join(lines[: end + 1]) + "\n", encoding="utf-8")
    return lines[end].split("\t")


def figures(extract: Extract, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the cells of the table in the documentation."""
    first: dict[str, Mapping[str, str]] = {}
    for row in rows:
        first.setdefault(row["subject_id"].partition(":")[2], row)
    pairs = {(row["subject_id"].partition(":")[2], row["object_id"]) for row in rows}
    number = len(extract.right)
    is_right = {party: row["object_id"] == extract.right.get(party) for party, row in first.items()}
    known = [party for party in extract.right if party in first]
    sure = [party for party, row in first.items() if float(row["confidence"]) >= SURE]
    return [
        f"{number} of {len(extract.bodies)}",
        share(sum(pair in pairs for pair in extract.right.items()), number),
        share(sum(is_right[party] for party in known), number),
        share(sum(is_right[party] for party in known), len(known)),
        share(sum(is_right[party] for party in sure), len(sure)),
    ]


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})"


def documented(name: str) -> list[str]:
    line = re.search(rf"^\| {name} \|(.+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert line, f"{PAGE.name} has no row {name!r}"
    return [cell.strip() for cell in line[1].split("|")]


@pytest.mark.parametrize(
    ("name", "make"), [("LEI of companies", companies), ("items of states", states)]
)
def test_recall_and_precision_are_as_documented(
    name: str,
    make: Callable[[], Extract],
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    extract = make()
    found = figures(extract, candidates(extract, tmp_path, folder))
    assert found == documented(name)
