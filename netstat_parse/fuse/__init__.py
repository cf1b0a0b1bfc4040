"""Lower pyparsing expressions to regular expressions.

In: the pyparsing expression of a row.
Out: a `Fused`: one regular expression, and the functions that convert its capture groups.
Public verb: `fuse.lower.fuse`.
"""
