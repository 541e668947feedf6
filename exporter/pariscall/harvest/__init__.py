"""From a registry, as its keepers publish it, to our reviewed tables."""
