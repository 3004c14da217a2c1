"""Lets the collector wait while what follows from a case is worked out."""

from evidencemap.model.collecting import uncollected

__all__ = ["uncollected"]
