"""Releases: everything that is published, versioned, described and reproducible."""
