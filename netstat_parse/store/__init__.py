"""Store inputs in a SQLite database or a Parquet dataset, or convert them to Arrow tables.

In: the files that `inputs` finds.
Out: their rows, a row of the table `files` for each input, and a `Report` of inputs that could not be parsed.
Public verb: `store.storing.store`.
"""
