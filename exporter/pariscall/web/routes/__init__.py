"""Routes: which document each IRI leads to, on our own server and on static hosts."""
