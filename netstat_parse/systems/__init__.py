"""The systems with their grammar modules, and the vocabularies in which netstat prints.

In: a text that netstat printed, in any language.
Out: the text in English, and the languages that have it.
Public verb: `systems.lookup.translate`.
"""
