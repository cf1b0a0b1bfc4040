"""What the library says of its work, by `logging`: to the logger ``netstat_parse``, which shows nothing by itself.

A program that wants to hear of it has imported `logging`, so as long as nobody has, there is nobody to tell; importing
it takes longer than many a dump.

    debug    the encoding of an input and why it is that one; each command that is run, and how it ended
    info     inputs that a dataset has already; each part of a dataset, when it is whole
    warning  grammars of another distribution that cannot be loaded
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import Logger


LISTENERS: dict[str, Callable[[str], None]] = {}
"""Who hears of warnings beside the logger, by name: the command line, which tells them in its own way."""


def debug(message: str, *facts: object) -> None:
    """Say what was done, for those who look for a fault."""
    if "logging" in sys.modules:
        _logger().debug(message, *facts)


def info(message: str, *facts: object) -> None:
    """Say what was done, for those who run it."""
    if "logging" in sys.modules:
        _logger().info(message, *facts)


def warning(message: str, *facts: object) -> None:
    """Say what is wrong, though it goes on."""
    if "logging" in sys.modules:
        _logger().warning(message, *facts)
    for listener in LISTENERS.values():
        listener(message % facts)


@cache
def _logger() -> "Logger":
    import logging

    logger = logging.getLogger("netstat_parse")
    logger.addHandler(logging.NullHandler())  # else warnings would go to standard error where nobody has set it up
    return logger
