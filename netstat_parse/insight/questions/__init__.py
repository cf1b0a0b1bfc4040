"""The usual questions: who listens, who talks to this host, how many connections are in each state.

In: rows of one input.
Out: an answer, which is a table of its own.
Public verb: `questions.question.Question.answer`.
"""
