"""Releases: everything that is published, whole, described and reproducible."""
