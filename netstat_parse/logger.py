"""Log the library's work to the logger ``netstat_parse``, which prints nothing by itself.

A program that wants these messages has imported `logging`. As long as nobody has, nothing is logged, and `logging` is
not imported either: that takes longer than to read many a dump.

    debug    the encoding of an input and why it was chosen; each command that is run, and how it ended
    info     inputs that a dataset has already; each file of a dataset when it is complete
    warning  grammars of another distribution that cannot be loaded
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import Logger


LISTENERS: dict[str, Callable[[str], None]] = {}
"""Functions that are called with each warning, by name: the command line prints warnings in its own format."""


def debug(message: str, *facts: object) -> None:
    """Log what was done, for people who look for a fault."""
    if "logging" in sys.modules:
        _logger().debug(message, *facts)


def info(message: str, *facts: object) -> None:
    """Log what was done, for people who run the program."""
    if "logging" in sys.modules:
        _logger().info(message, *facts)


def warning(message: str, *facts: object) -> None:
    """Log what is wrong although the work goes on, and call the listeners."""
    if "logging" in sys.modules:
        _logger().warning(message, *facts)
    for listener in LISTENERS.values():
        listener(message % facts)


@cache
def _logger() -> "Logger":
    import logging

    logger = logging.getLogger("netstat_parse")
    logger.addHandler(logging.NullHandler())  # else Python prints warnings where the program has set up no logging
    return logger
