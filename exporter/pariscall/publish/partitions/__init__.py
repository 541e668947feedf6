"""Partitioned exports: the data as many files, each made by itself, with a manifest of them all."""
