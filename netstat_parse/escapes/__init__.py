"""Undo what terminals, pagers, log daemons and markup did to the text that netstat printed.

In: blocks of decoded text.
Out: `LineBlock`s: the lines as netstat printed them, with the numbers of the input's lines that they come from.
Public verb: `escapes.undo.undo`.
"""
