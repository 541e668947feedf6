"""Judge data against shapes, locate each result, and report."""
