"""Worker processes of this machine.

In: functions and their arguments.
Out: what they return, in this process.
Public verb: `workers.pool.open_workers`.
"""
