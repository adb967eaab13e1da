"""Use cases: the one place where the store, the plugins and pure code meet.

No HTTP here: callers get values and `argmap.errors`. Whatever may block, SQL and the
evaluation of a large map, runs in a few threads of the desk's own; what is in the
cache is answered on the spot.
"""
