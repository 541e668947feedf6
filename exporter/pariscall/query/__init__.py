"""Queries: datasets, the ready-made queries (*.rq), any other in SPARQL 1.1, and results."""
