"""What one would write with rdflib to ask a question: read the Turtle, run the query.

Usage: rdflib_query.py DATA.ttl QUERY.rq
"""

import sys
from pathlib import Path

import rdflib

graph = rdflib.Graph().parse(sys.argv[1], format="turtle")
result = graph.query(Path(sys.argv[2]).read_text(encoding="utf-8"))
sys.stdout.buffer.write(result.serialize(format="csv") or b"")
