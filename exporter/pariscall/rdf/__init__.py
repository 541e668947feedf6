"""RDF in general, and the vocabulary of the project. Nothing here knows tables."""
