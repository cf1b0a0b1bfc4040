"""Decode the bytes of an input, and detect their encoding.

In: bytes, text, a file of either, or lines of either.
Out: blocks of text with whole lines.
Public verb: `decode.text.decode`.
"""
