"""The live screen of ``watch -f table``: the tables of the last round, and what changed in it.

In: the records of each round.
Out: a screen with keys, or tables that are refreshed where no keys can be read.
Public verb: `screen.show.show`.

`tracker` computes the rows of a round without a terminal; `app` shows them by textual, `plain` by Rich.
"""
