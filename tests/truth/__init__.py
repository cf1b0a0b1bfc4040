"""Compute the expected records of a capture from the kernel's files that netstat read.

Each capture comes with copies of the kernel's tables, made at the same time. ``kernel`` reads these tables. ``sockets``,
``counters``, ``interfaces``, ``routes`` and ``groups`` compute the expected rows for a command line and a build of netstat.
``captures`` lists the captures, their command lines and the differences between builds. ``compare`` compares expected rows
with records.

An expected row maps each field of a record to its value, or to a condition if netstat's output is ambiguous. No module here
reads the output of netstat.
"""
