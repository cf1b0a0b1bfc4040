"""An argument parser whose errors are one line that helps, and whose help fits on a screen."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from netstat_parse.cli.terminal_width import measure_terminal
from netstat_parse.precompiled import compile_pattern

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

PROGRAM = "netstat-parse"

GROUPS = ("input", "selection (default: everything)", "output", "messages")
"""Titles of the groups of options that several commands share, in the order of the help."""

INPUT, SELECTION, OUTPUT, MESSAGES = GROUPS


MIN_WIDE_COLUMNS = 50
"""Width from which on the meaning of an option is beside it; the longest words do not fit there otherwise."""

MARGIN = 2
"""Columns at the right that argparse leaves empty."""

_MISSING = "the following arguments are required: "
"""The beginning of the message of argparse, for which there is no method to override."""


_FIRST_COLUMN = compile_pattern(r" *(?:\S+(?: \S+)* {2,})?")
"""The indent of a line, with the first of two columns if it has such."""


def skip_translations() -> None:
    """Let argparse use its few words as they are; only for a process that ends with the program.

    To look for translations it imports `locale`, which takes a fiftieth of the start, and there are none.
    """
    vars(argparse)["_"] = str


def break_line(line: str, columns: int) -> list[str]:
    """Break a line between words; further lines begin below its text, which may be a second column."""
    if len(line) <= columns:
        return [line]
    from textwrap import wrap

    indent = min(len(_FIRST_COLUMN.match(line)[0]), columns // 2)  # type: ignore[index] # it matches any line
    return wrap(line, columns, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the line breaks of the examples, and names the value of an option once: ``-f, --format FORMAT``."""

    def __init__(self, prog: str) -> None:
        width = measure_terminal() - MARGIN
        super().__init__(prog, max_help_position=24 if width >= MIN_WIDE_COLUMNS else 8, width=width)

    def format_help(self) -> str:
        """Return the help; lines that are longer than those of the terminal are broken between words."""
        columns = self._width + MARGIN
        return "".join(f"{part}\n" for line in super().format_help().splitlines() for part in break_line(line, columns))

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


class ChoiceError(argparse.ArgumentError):
    """Raised for a value that is none of the choices; its message follows the name of the option as in a sentence."""


class HelpfulParser(argparse.ArgumentParser):
    """A parser that answers a mistake by one line: what is wrong, the nearest name, or where an option belongs.

    Its messages are safe for a terminal: an argument may be the name of a hostile file.
    """

    runs_netstat = False
    """True for a command that gives the words behind ``--`` to netstat."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - those of `argparse.ArgumentParser`
        """Make a parser that raises errors instead of printing the usage."""
        super().__init__(*args, **{"formatter_class": HelpFormatter, **kwargs, "exit_on_error": False})
        self._positionals.title = "arguments"

    def error(self, message: str) -> NoReturn:
        """Print the message as one line, and exit."""
        from netstat_parse.records.values import legible, printable

        missing = message.removeprefix(_MISSING)
        if missing != message:
            message = f"{missing} is missing; usage: {self.usage}"
        self.exit(2, f"{self.prog}: {printable(legible(message))}\n")

    def add_argument_group(self, *args: Any, **kwargs: Any) -> "argparse._ArgumentGroup":  # noqa: ANN401 - as above
        """Add a group of options, or return the one that has this title already."""
        title = args[0] if args else kwargs.get("title")
        found = [group for group in self._action_groups if group.title == title]
        return found[0] if found else super().add_argument_group(*args, **kwargs)

    def parse_args(  # type: ignore[override] # argparse has overloads
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401 - as in argparse
    ) -> Any:  # noqa: ANN401 - as in argparse
        """Parse arguments, and refuse unknown ones."""
        options, unknown = self.parse_known_args(args, namespace)
        self.refuse_unknown(unknown, args)
        return options

    def parse_intermixed_args(  # type: ignore[override] # argparse has overloads
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401 - as in argparse
    ) -> Any:  # noqa: ANN401 - as in argparse
        """Parse options and files in any order, and refuse unknown arguments."""
        try:
            options, unknown = self.parse_known_intermixed_args(args, namespace)
        except argparse.ArgumentError as error:
            self._report(error)
        self.refuse_unknown(unknown, args)
        return options

    def parse_known_args(  # type: ignore[override] # argparse has overloads
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401 - as in argparse
    ) -> tuple[Any, list[str]]:
        """Parse the known arguments."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            self._report(error)

    def refuse_unknown(self, unknown: Sequence[str], words: Sequence[str] | None) -> None:
        """Exit with a usage error if there are unknown arguments.

        Args:
            unknown: these arguments.
            words: all arguments; None for those of this process.
        """
        if unknown:
            from netstat_parse.cli.mistakes import describe_unknown

            self.error(describe_unknown(self, unknown, sys.argv[1:] if words is None else words))

    def _report(self, error: argparse.ArgumentError) -> NoReturn:
        from netstat_parse.cli.mistakes import describe_error

        self.error(describe_error(self, error))

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as in argparse
        """Check that a value is one of the choices, as argparse does; its message differs between Pythons."""
        if action.choices is not None and value not in action.choices:
            from netstat_parse.cli.mistakes import describe_choice

            raise ChoiceError(action, describe_choice(str(value), list(action.choices)))

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        """Print without hiding an error, as that of a full disk."""
        if file is not sys.stdout:
            super()._print_message(message, file)
            return
        from netstat_parse.cli.output import write_standard_output

        write_standard_output(message)
