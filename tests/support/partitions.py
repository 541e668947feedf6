"""Partitioned exports of few rows."""

from __future__ import annotations

BOTH = ("nt", "parquet")
SIZE = 20  # documents of a part
