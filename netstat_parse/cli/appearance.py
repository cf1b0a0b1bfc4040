"""The options for the appearance of the output, and the choice by them and by the terminal."""

import os
from argparse import ArgumentParser, Namespace
from typing import IO

from netstat_parse.cli.parser import OUTPUT
from netstat_parse.cli.terminal_width import measure_terminal
from netstat_parse.formats.appearance import TEXT_WIDTH, Appearance

MAX_DIGITS = 5
"""Maximum number of digits of a width."""


APPEARANCE = frozenset({"color", "is_indented", "has_pager"})
"""Names of the options of `add_appearance`."""


def add_appearance(options: ArgumentParser, *, indents_files: bool = False) -> None:
    """Add the options for the appearance of the output.

    Args:
        options: the parser.
        indents_files: true if JSON is indented in files too.
    """
    default = True if indents_files else None
    group = options.add_argument_group(OUTPUT)
    group.add_argument(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
        help="use colours: auto, always or never (default: auto, on a terminal without NO_COLOR)",
    )
    group.add_argument(
        "--pretty",
        action="store_true",
        dest="is_indented",
        default=default,
        help=f"print JSON on several lines (default{'' if indents_files else ' on a terminal'})",
    )
    group.add_argument(
        "--compact", action="store_false", dest="is_indented", default=default, help="print JSON on one line"
    )
    group.add_argument(
        "--no-pager",
        action="store_false",
        dest="has_pager",
        help="write to the terminal itself, not to $NETSTAT_PARSE_PAGER, $PAGER or less",
    )


def choose_appearance(options: Namespace, output: IO[bytes], *, takes_color: bool = True) -> Appearance:
    """Return the appearance of the output that `--color`, `--pretty` and `--compact` ask for.

    Args:
        options: the parsed options.
        output: the file.
        takes_color: false if the output goes through a pager that may not show colours.
    """
    is_terminal = output.isatty()
    width = measure_terminal() if is_terminal else _get_text_width()
    is_indented: bool | None = getattr(options, "is_indented", None)
    return Appearance(
        width=width if is_terminal else None,
        text_width=width,
        has_color=_wants_color(getattr(options, "color", "auto"), is_terminal=is_terminal and takes_color),
        is_indented=is_terminal if is_indented is None else is_indented,
    )


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
