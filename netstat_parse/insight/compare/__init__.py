"""Changes between two moments.

In: two dumps.
Out: a comparison.
Public verb: `compare.compare.compare`.
"""
