"""SHACL validation: a fast engine on Oxigraph, and pySHACL as the reference."""
