"""The machine: files, network and processes. Nothing here knows RDF."""
