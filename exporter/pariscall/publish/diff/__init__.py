"""What changed between two states of the data, for people and for programs."""
