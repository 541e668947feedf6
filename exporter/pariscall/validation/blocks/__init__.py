"""Files of N-Triples and N-Quads judged block by block, in memory that does not grow with them.

A block is judged with its neighbourhood: what its nodes refer to, and what refers to them, as far as the
shapes look. An index on the disk tells where that is.
"""
