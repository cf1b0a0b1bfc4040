"""The public names of `netstat_parse.store.fleet`: the dumps of many machines as one Parquet dataset."""

from netstat_parse.store.batches import Failure, Report
from netstat_parse.store.fleet import to_parquet

__all__ = ["Failure", "Report", "to_parquet"]
