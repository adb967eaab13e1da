"""Hypothesis strategies: whole maps, and operations that can be done to them."""

from draw.maps import acyclic_maps, maps, renamed
from draw.operations import operations
from draw.parts import data, scores, texts

__all__ = ["acyclic_maps", "data", "maps", "operations", "renamed", "scores", "texts"]
