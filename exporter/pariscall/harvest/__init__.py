"""From a registry, as its keepers publish it, to our reviewed tables."""

from .registry import Harvest, harvest_registry
from .update import read_update

__all__ = ["Harvest", "harvest_registry", "read_update"]
