"""What becomes of samples that were damaged, and what must still hold.

Logs are cut, pasted together and mailed, and some are made to do harm. ``mutations`` damages samples, ``invariants``
says what holds of any text whatever. The tests run a few hundred of these; a person can let them run for as long as
there is time::

    python tests/fuzz --seconds 3600

What it finds is made small and put into ``found``, which is read again with every run of the tests.
"""
