"""One input, from bytes to `Rows`. Public verb: `read`."""
