"""Single faults injected into the real tables and the real graph, to see what the checks miss."""
