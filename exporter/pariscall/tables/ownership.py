"""Whether tables are those of the project: what the project file names is in them."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import relative
from ..project import current
from ..project_file import NAME
from .csvw import TABLES, Schema
from .rows import read_rows


def foreign_rows(schema: Schema) -> Iterator[str]:
    """Yield a problem for each dataset that is not the one of the project, and for a missing call.

    Raises:
        TableError: if a table cannot be read.
    """
    project = current()
    tables = {table.name: table for table in schema.tables}
    for row in read_rows(tables["datasets.csv"]) if "datasets.csv" in tables else ():
        if row["dataset"] != project.slug:
            yield (
                f"{row.location}: the dataset is {row['dataset']!r}, and that of the project is "
                f"{project.slug!r}. Correct one of them, or put a file {NAME} beside the tables."
            )
    calls = tables.get("calls.csv")
    if calls and calls.path.parent.resolve() == TABLES.resolve():
        named = [row["call"] for row in read_rows(calls)]
        if project.call not in named:
            known = f"It has {', '.join(named)}." if named else "It has none."
            yield (
                f"{relative(project.file)}: the call {project.call!r} is not in calls.csv. {known}"
            )
