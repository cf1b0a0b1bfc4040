"""Inputs to a SQLite database, a Parquet dataset or Arrow tables.

In: the files of `netstat_parse.inputs`. Out: their rows in tables, a row of the table `files` for each input, and a
`Report` of those that could not be parsed. Public verb: `netstat_parse.store.storing.store`.
"""
