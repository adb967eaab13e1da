"""Hooks are schemathesis's to import, not pytest's."""

collect_ignore = ["hooks.py"]
