"""Write records in an output format; each format has a module.

In: a `RecordSource`, which yields `Rows`.
Out: bytes in a file.
Public verb: `formats.registry.write`.
"""
