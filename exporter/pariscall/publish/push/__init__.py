"""Loading a release into a triple store, and reading it back to see that it is all there."""
