"""The site: a page for each resource in each language, and the same as RDF."""
