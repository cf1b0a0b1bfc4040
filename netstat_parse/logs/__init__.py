"""Lines around the tables of a log, each to its kind: prompt, ruler, banner, help text. Public verb: `classify`.

Beside that: prefixes of other tools, time stamps, and messages of netstat.
"""
