"""The functions of the rules about records, by rule."""

from collections.abc import Mapping

from netstat_parse.insight.check.cases import RecordRule

RECORD_RULES: Mapping[str, RecordRule] = {}
"""Functions of the rules about sockets, listeners, routes and interfaces; their thresholds and texts are data."""
