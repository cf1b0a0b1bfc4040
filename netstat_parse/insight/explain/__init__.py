"""What a term of netstat means.

In: a counter, state, column, flag, timer, field or option, as anybody prints it.
Out: explanations.
Public verb: `explain.explain`.
"""
