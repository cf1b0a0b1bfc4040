"""Recognize what logs and terminals add to the output of netstat: prompts, rulers, headers, time stamps, messages.

In: a line of text.
Out: its `LineKind`.
Public verb: `logs.line_kinds.classify`.
"""
