"""One input from bytes to `Rows`: decode, strip prefixes, divide into sections. Public verb: `read`."""
