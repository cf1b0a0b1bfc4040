"""Names to open byte streams: files, folders, patterns, archives and remote addresses.

In: the names of a command line. Out: a `Content` for each file, and for each file in an archive, or an `Unreadable`.
`find_origins` lists the files, so that workers can share them. Public verb: `netstat_parse.inputs.streams.open_inputs`.
"""
