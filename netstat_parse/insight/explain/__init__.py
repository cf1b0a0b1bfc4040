"""Explain terms of netstat, and records field by field.

In: a counter, state, column, flag, timer, field or option, as anybody prints it.
Out: explanations.
Public verb: `explain.explain.explain`.
"""
