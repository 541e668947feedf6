"""Candidates for what parties are elsewhere, from services of others, and their review."""
