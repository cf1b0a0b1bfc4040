"""Damage samples and check the invariants of the parser on them.

Logs are cut, pasted together and mailed, and some are made to do harm. ``mutations`` damages samples,
``invariants`` checks what must hold of any text, ``shrink`` makes a text that fails small. The tests run a few hundred
mutations with fixed seeds; to run more of them::

    python tests/fuzz --seconds 3600

It shrinks what it finds into ``found``, which the tests read in every run.
"""
