"""Names to open byte streams: files, folders, patterns, archives and remote addresses. Public verb: `open_inputs`."""
