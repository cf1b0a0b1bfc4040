"""The public names of `netstat_parse.store.arrow`: Arrow tables for engines that work in columns."""

from netstat_parse.store.arrow import schema, table, tables

__all__ = ["schema", "table", "tables"]
