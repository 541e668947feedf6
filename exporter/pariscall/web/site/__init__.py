"""The site: a page in each language for everything that is named, and RDF beside it."""
