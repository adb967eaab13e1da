"""Maps as data: claims, relations, sources, operations, and the argmap/1 codec."""
