"""Ask: the loaded graph, the ready-made questions (*.rq) and any other in SPARQL 1.1."""
