"""A pyparsing expression to one `re.Pattern`. Public verb: `fuse`."""
