"""The fuzzers by name: each makes an input from random numbers and checks it.

To add one, write its two functions in a module beside this one, and add it to `FUZZERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from fuzz import archives, invariants, mutations, terminals, wrappings

FOUND = Path(__file__).parent / "found"
"""Inputs that failed, in a folder for each fuzzer. The tests check them in every run."""


class Fuzzer(NamedTuple):
    """A generator of inputs, and the check that each of them must pass."""

    make: Callable[[Random], bytes]
    """Function that makes an input; the same random numbers make the same input."""
    check: Callable[[bytes, Random], object]
    """Function that raises an exception if the input fails."""


FUZZERS = {
    "mutations": Fuzzer(mutations.make_damaged_sample, invariants.check),
    "archives": Fuzzer(archives.make_archive, archives.check_archive),
    "wrappings": Fuzzer(wrappings.make_wrapped, wrappings.check_wrapped),
    "terminals": Fuzzer(terminals.make_recording, terminals.check_recording),
}
