"""`Rows` to bytes, one module for each format. Public verb: `write`."""
