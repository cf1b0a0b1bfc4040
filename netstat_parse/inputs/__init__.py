"""Open the inputs that a command line names.

In: names of files, folders, patterns, archives and remote addresses.
Out: a `Content` with an open byte stream for each file, also for each file in an archive, or an `Unreadable`.
Public verb: `inputs.streams.open_inputs`.
"""
