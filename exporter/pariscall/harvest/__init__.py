"""From a registry, as its keepers publish it, to our reviewed tables."""

from .registry import Harvest, harvest_registry

__all__ = ["Harvest", "harvest_registry"]
