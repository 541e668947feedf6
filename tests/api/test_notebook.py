"""The notebook in docs/ runs from top to bottom, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

NOTEBOOK = Path(__file__).parents[2] / "docs" / "paris-call.ipynb"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Run the notebook in a folder of its own, and collect what its cells show."""
    import nbformat
    from nbclient import NotebookClient

    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    folder = tmp_path_factory.mktemp("notebook")
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}})
    client.execute()
    assert not list(folder.iterdir())
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_notebook_counts_joins_and_plots(outputs: list[dict[str, Any]]) -> None:
    assert all(output["output_type"] in {"execute_result", "display_data"} for output in outputs)
    texts = [output["data"]["text/plain"] for output in outputs]
    assert "state 81" in words(texts[0])
    assert "code/category#state 81" in words(texts[1])
    assert "USA United States 106 2021-11-10" in words(texts[2])
    assert sum("image/png" in output["data"] for output in outputs) == 2
    assert "state 68 76 79 81" in words(texts[-1])


def test_the_notebook_is_kept_without_outputs() -> None:
    import nbformat

    text = NOTEBOOK.read_text(encoding="utf-8")
    notebook: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in code] == [[] for _ in code]
    assert {cell.execution_count for cell in code} == {None}
