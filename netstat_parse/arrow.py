"""Arrow tables of what netstat printed, for columnar engines; the implementation is `netstat_parse.store.arrow`."""

from netstat_parse.store.arrow import schema, table, tables

__all__ = ["schema", "table", "tables"]
