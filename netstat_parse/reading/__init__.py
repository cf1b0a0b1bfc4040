"""Read one input: decode it, undo escapes, strip prefixes, divide it into sections, and parse the rows of each.

In: bytes, text, a file of either, or lines of either.
Out: `Rows` in blocks, each as soon as it is complete.
Public verb: `reading.pipeline.read`.
"""
