"""From a registry, as its keepers publish it, to our reviewed tables."""

from .registry import Harvest, harvest_registry
from .update import Difference, Update, read_update

__all__ = ["Difference", "Harvest", "Update", "harvest_registry", "read_update"]
