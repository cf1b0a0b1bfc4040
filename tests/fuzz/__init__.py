"""Fuzz the parser: damage samples and check the invariants on them.

``mutations`` damages samples as truncated, concatenated, mailed or malicious logs are, ``invariants`` has the checks that
hold for any text, and ``minimize`` minimizes a text that fails. The tests run a few hundred mutations with fixed seeds; to
run more::

    python tests/fuzz --seconds 3600

Texts that break an invariant are minimized and written to ``found``. The tests parse them in every run.
"""
