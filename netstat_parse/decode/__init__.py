"""Bytes to blocks of whole lines of text, in the encoding that the bytes show. Public verb: `decode`."""
