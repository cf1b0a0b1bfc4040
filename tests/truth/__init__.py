"""Compute what netstat must have printed from the kernel files that it read.

Beside each capture lie the kernel's own tables of that moment. The modules here read those (``kernel``) and say,
for one command line and one build of netstat, which records a parse of the capture must give: ``sockets``,
``counters``, ``interfaces``, ``routes``, ``groups``. ``captures`` knows the captures, their command lines and what
sets one build apart from another; ``compare`` holds expected rows against records.

An expected row is a mapping from a record's field to its value, or to a test of the value where what was printed
leaves room. Nothing here reads what netstat printed.
"""
