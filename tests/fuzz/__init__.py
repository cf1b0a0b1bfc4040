"""Fuzz the parser: make hostile inputs from random numbers and check what must hold for each.

``fuzzers`` lists the fuzzers by name. ``mutations`` damages samples as truncated, concatenated, mailed or malicious logs
are, ``archives`` damages archives of them, and ``terminals`` inserts escape sequences; ``invariants`` has the checks that
hold for any text, and ``minimize`` minimizes an input that fails. The tests run a
few hundred inputs with fixed seeds; to run more::

    python tests/fuzz --seconds 3600
    python tests/fuzz mutations --seconds 600

Inputs that fail are minimized and written to ``found``, into a folder for each fuzzer. The tests check them in every run.
"""
