"""Dumps of many machines in one Parquet dataset; the implementation is `netstat_parse.store.fleet`."""

from netstat_parse.store.batches import Failure, Report
from netstat_parse.store.fleet import to_parquet

__all__ = ["Failure", "Report", "to_parquet"]
