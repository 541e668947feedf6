"""Addresses: where each IRI leads, on our own server and on those of others."""
