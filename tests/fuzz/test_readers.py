"""Readers of outside text return, or raise an error of ours, whatever they are given."""

from __future__ import annotations

import pytest

from fuzz.run import run_examples
from fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_raises_nothing_but_our_errors(name: str) -> None:
    run_examples(TARGETS[name], 60)
