"""Lower a pyparsing expression to one regular expression. Public verb: `fuse(expression)`, in `fuse.lower`."""
