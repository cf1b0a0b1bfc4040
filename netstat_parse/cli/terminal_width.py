"""The width of the terminal."""

import os
import sys
from contextlib import suppress

DEFAULT_COLUMNS = 80
"""Width of a terminal of unknown width."""


def measure_terminal() -> int:
    """Return the width of the terminal, as `shutil` does, which takes long to import: that of COLUMNS if it is set."""
    columns = 0
    with suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", "0"))
    if columns <= 0 and sys.__stdout__ is not None:
        with suppress(OSError, ValueError):
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns
    return columns if columns > 0 else DEFAULT_COLUMNS
