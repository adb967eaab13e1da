"""A map compiled to arrays, and pure computation on it."""
