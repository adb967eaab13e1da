"""Maps as people read them: trees. Pure functions from maps and evaluations."""
