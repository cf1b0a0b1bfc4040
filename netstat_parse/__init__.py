"""Reads what any ``netstat`` printed, on Windows or Linux, into one schema; and runs the real one.

    >>> import netstat_parse as np
    >>> dump = np.parse("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\\n")
    >>> dump.connections[0].state
    'listen'
"""

__version__ = "0.1.0"
