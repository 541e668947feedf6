"""The questions that people ask: a page for each, with its answer, a table, the query and a CSV.

Each is a ready-made query with values for its parameters. A question without an answer in the data of
a project, or about a party that it does not have, has no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store

from ...publish.dumps.european_union import MEMBERS
from ...query.dataset import Dataset
from ...query.parameters import bind
from ...query.queries import Query
from ...query.rows import Results
from ...rdf.namespaces import COUNTRY, PREFIXES, XSD
from .figures import Documents
from .resources import Resource, Resources, Text

FOLDER = "question"
_AFRICA = "002"  # in UN M49

Value = Resource | Text | None


@dataclass(frozen=True)
class Question:
    """A question: its address, the query that answers it, values for that, and what is drawn."""

    slug: str
    query: str
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_drawn: bool = False


@dataclass(frozen=True)
class Answer:
    """A question with its query as it was asked, its results, and the party that it is about."""

    question: Question
    query: Query
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    csv: str
    about: Resource | None = None

    @cached_property
    def path(self) -> str:
        """The path of its page, without suffix."""
        return f"{FOLDER}/{self.question.slug}"

    @cached_property
    def shown(self) -> list[int]:
        """The columns that the page shows: the name of a party is the text of its link."""
        has_link = {"party", "state", "country"} & set(self.columns)
        return [at for at, name in enumerate(self.columns) if not (has_link and name == "name")]

    @cached_property
    def bars(self) -> list[tuple[Value, int]]:
        """The rows as bars: what each is about, and its number, which is in the last column."""
        return [(row[self.shown[0]], number_of(row[-1])) for row in self.rows]


def questions(documents: Documents) -> tuple[Question, ...]:
    """Return the questions, with the countries of the tables where one is about a region."""
    african = [
        path.removeprefix("country/")
        for path, each in documents.items()
        if path.startswith("country/") and each.rows[0]["region"] == _AFRICA
    ]
    every_category = [
        f"category:{code}"
        for code in ("state", "public-authority", "private-sector", "civil-society", "unknown")
    ]
    return (
        Question("how-many", "supporters-by-category", is_drawn=True),
        Question("which-states", "states"),
        Question(
            "states-of-the-eu",
            "supporters-since",
            {"country": _countries(MEMBERS), "category": ["category:state"]},
        ),
        Question("has-the-united-states-signed", "history-of-a-party", _party("united-states")),
        Question(
            "how-many-in-africa",
            "supporters-since",
            {"country": _countries(african), "category": every_category},
        ),
        Question("companies-of-germany", "supporters-since", {"country": _countries(["DEU"])}),
        Question("countries-of-companies", "countries-of-companies", is_drawn=True),
        Question("countries-without-their-state", "countries-without-their-state", is_drawn=True),
        Question("when-did-they-join", "endorsements-by-year", is_drawn=True),
        Question("how-many-at-the-end-of-2019", "supporters-on-a-day", is_drawn=True),
        Question("who-left", "ended-endorsements"),
        Question("who-took-whose-place", "successions"),
        Question("who-changed-category", "reclassifications"),
        Question("which-names-changed", "name-changes"),
        Question("is-the-day-known", "signing-days-known", is_drawn=True),
        Question("how-do-we-know", "evidence-of-since", is_drawn=True),
        Question("signed-by-the-end-of-2019", "signed-by-a-day"),
        Question("how-many-states-were-claimed", "counts-of-states-claimed"),
        Question("named-but-never-listed", "named-but-never-listed"),
        Question("which-principles", "principles"),
        Question("who-endorses-several-calls", "calls-of-parties"),
        Question("what-calls-have-in-common", "overlaps-of-calls", is_drawn=True),
    )


def answers(
    store: Store, resources: Resources, documents: Documents, ready_made: Iterable[Query]
) -> list[Answer]:
    """Ask the questions of a graph by the ready-made queries; those that it has nothing on are left out.

    Raises:
        QueryError: if a query that a project puts in the place of ours cannot be run.
    """
    dataset = Dataset(store)
    queries = {query.name: query for query in ready_made}
    found = []
    for question in questions(documents):
        if _is_about_something(question, resources):
            query = bind(queries[question.query], question.values)
            results = Results(query, dataset)
            rows = [[_value(term, resources) for term in row] for row in results.terms]
            if any(_is_something(row[-1]) for row in rows):
                about = next((resources[iri] for iri in question.values.get("party", ())), None)
                found.append(
                    Answer(question, query, results.columns, rows, results.to_csv(), about)
                )
    return found


def number_of(value: Value) -> int:
    """Return the number that a value is; anything else is 0."""
    is_number = isinstance(value, Text) and value.datatype == "xsd:integer"
    return int(value.value) if is_number and isinstance(value, Text) else 0


def _is_something(value: Value) -> bool:
    """Report whether a cell has a value, which is not a count of nothing."""
    return value is not None and (value.value != "0" if isinstance(value, Text) else True)


def _value(term: object, resources: Resources) -> Value:
    if isinstance(term, NamedNode):
        return resources[term.value]
    if isinstance(term, Literal):
        datatype = term.datatype.value
        kind = f"xsd:{datatype.removeprefix(XSD)}" if datatype.startswith(XSD) else datatype
        return Text(term.value, term.language or "", kind)
    return None


def _countries(codes: Sequence[str]) -> list[str]:
    return [COUNTRY + code for code in codes]


def _party(name: str) -> dict[str, list[str]]:
    return {"party": [f"{PREFIXES['actor']}{name}"]}


def _is_about_something(question: Question, resources: Resources) -> bool:
    """Report whether each parameter has a value, and a party that is asked about is described."""
    parties = question.values.get("party", ())
    return all(question.values.values()) and all(resources[iri].is_described for iri in parties)
