"""The SPARQL endpoint: HTTP in one process, the graph in another, each query in a worker of that."""
