"""`Rows` in, bytes out: a module for each output format, with a writer for each of its names.

Public verb: `write`, in `registry`.
"""
