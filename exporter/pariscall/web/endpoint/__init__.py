"""The SPARQL endpoint: HTTP in one process, the graph in a fork server, each query in a worker."""
