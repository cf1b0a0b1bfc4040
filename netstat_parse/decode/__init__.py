"""Decode bytes to blocks of whole lines, detecting the encoding. Public verb: `decode(source)`, in `decode.text`."""
