"""Choose the appearance of the output, by the options and the terminal."""

import os
from argparse import Namespace
from typing import IO

from netstat_parse.formats.appearance import TEXT_WIDTH, Appearance

MAX_DIGITS = 5
"""Maximum number of digits of a width."""


def choose_appearance(options: Namespace, output: IO[bytes]) -> Appearance:
    """Return the appearance of the output that `--color`, `--pretty` and `--compact` ask for."""
    is_terminal = output.isatty()
    width = _measure_terminal() if is_terminal else _get_text_width()
    is_indented: bool | None = getattr(options, "is_indented", None)
    return Appearance(
        width=width if is_terminal else None,
        text_width=width,
        has_color=_wants_color(getattr(options, "color", "auto"), is_terminal=is_terminal),
        is_indented=is_terminal if is_indented is None else is_indented,
    )


def _measure_terminal() -> int:
    """Return the width of the terminal."""
    from shutil import get_terminal_size  # imports the modules of compression, too

    return get_terminal_size().columns


def _get_text_width() -> int:
    """Return the width of paragraphs in a file or a pipe: that of the variable COLUMNS, if the user has set it."""
    columns = os.environ.get("COLUMNS", "")
    is_number = columns.isdecimal() and len(columns) <= MAX_DIGITS
    return (int(columns) if is_number else 0) or TEXT_WIDTH


def _wants_color(choice: str, *, is_terminal: bool) -> bool:
    """Return whether to write colours; a variable NO_COLOR that is not empty forbids them (no-color.org)."""
    if choice == "auto":
        return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"
