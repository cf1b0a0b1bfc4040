"""Inputs to a SQLite database, a Parquet dataset or Arrow tables. Public verb: `store`."""
