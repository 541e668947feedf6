"""The look: shapes compiled to functions over texts, which tell whom the engine must judge.

A look never misses a pair of shape and focus node that violates; it may name one that conforms.
What it cannot express it names, and leaves to the engine as a whole.
"""
