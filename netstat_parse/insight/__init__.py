"""The meaning of the figures: changes between two dumps, faults, facts about counters.

In: dumps, as models; a term of netstat.
Out: comparisons, findings, explanations, answers to the usual questions.
Public verb: `insight.check.check.judge`.

A package for each task is below: `compare`, `check`, `explain` and `questions`, each with its own verb; `facts` has
what they share. `compare` and `check` first split a dump into moments, each with the tables of commands that ran one
after the other.
"""
