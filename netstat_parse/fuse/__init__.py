"""Lower pyparsing expressions to regular expressions.

In: the pyparsing expression of a row, or of a column.
Out: `Parts`, which compose without pyparsing; `Fragment.fuse` makes a `Fused` of them: one regular expression, and the
functions that convert its capture groups.
Public verb: `fuse.lower.lower`.
"""
