"""Answers for debaters: pure functions from maps and evaluations."""
