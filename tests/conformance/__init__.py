"""The test suites of SPARQL 1.1, run against the command and the endpoint."""
