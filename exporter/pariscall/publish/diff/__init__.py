"""The changes between two snapshots of the data, for people and for programs."""
