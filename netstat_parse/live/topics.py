"""Topics that a query can select, in a module without imports: ``--help`` needs nothing else of this package."""

TOPICS = ("connections", "statistics", "interfaces", "routes", "groups")
"""Topics that a query can select."""

QUERY_ARGUMENTS = frozenset({*TOPICS, "processes", "numeric"})
"""Keyword arguments of a query: the topics, and how netstat should print them."""
