"""`Rows`, their fields, and the selection among them. Public verb: `select`."""
