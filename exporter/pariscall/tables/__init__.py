"""The reviewed tables, as rows and as triples."""
