"""Describe mistakes on the command line in one line, with the name that is probably meant.

Imported only after a mistake: it imports all commands, to find the one that an option belongs to.
"""

import argparse
import glob
import os
import re
import shlex
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from netstat_parse.cli.options import FORMATS, NETSTAT_NAMES
from netstat_parse.cli.parser import PROGRAM, ChoiceError, HelpfulParser
from netstat_parse.inputs.paths import is_address
from netstat_parse.records.values import find_similar, join_words, suggest

MAX_NEIGHBOURS = 5000
"""Number of files in a folder that are compared with a name."""

_SHORT_OPTIONS = re.compile(r"-[A-Za-z0-9]+")

_TAKES_NO_VALUE = re.compile(r"ignored explicit argument (.*)", re.DOTALL)


def describe_error(parser: HelpfulParser, error: argparse.ArgumentError) -> str:
    """Return the message for an argument that argparse has refused."""
    name, message = error.argument_name, error.message
    if name is None:
        return message
    action = next((one for one in parser._actions if "/".join(one.option_strings) == name), None)  # noqa: SLF001 - argparse has no public list
    is_netstat_option = parser.runs_netstat and _SHORT_OPTIONS.fullmatch(name.partition("/")[0])
    hint = f"; options of netstat go behind --: {parser.prog} -- OPTIONS" if is_netstat_option else ""
    if message == "expected one argument":
        value = action.metavar if action else None
        return f"{name} needs a value{f': {action.option_strings[0]} {value}' if action and value else ''}{hint}"
    if found := _TAKES_NO_VALUE.fullmatch(message):
        return f"{name} takes no value, but {found[1]} follows{hint}"
    return f"{name} {message}" if isinstance(error, ChoiceError) else f"{name}: {message}"


def describe_choice(value: str, choices: Sequence[str]) -> str:
    """Return the message for a value that is none of the choices."""
    return f"cannot be {value!r}{suggest(find_similar(value, choices)) or ';'} choose {join_words(choices, 'or')}"


def describe_unknown(parser: HelpfulParser, unknown: Sequence[str], words: Sequence[str]) -> str:
    """Return the message for arguments that a parser does not know.

    Args:
        parser: the parser of the command.
        unknown: these arguments.
        words: all arguments of the command.
    """
    option = next((word for word in unknown if len(word) > 1 and word.startswith("-")), None)
    if option is None:
        return _describe_stray(parser, unknown)
    is_short = _SHORT_OPTIONS.fullmatch(option) is not None
    name = option[:2] if is_short else option.partition("=")[0]
    if owners := [command for command, names in _options_by_command().items() if name in names]:
        return _describe_owners(parser, name, owners, words)
    if is_short:
        return f"unknown option {option}{_describe_netstat_option(parser, unknown, words)}"
    own = [known for action in parser._actions for known in action.option_strings]  # noqa: SLF001 - as above
    near = [f"-f {name[2:]}"] if name[2:] in FORMATS and "-f" in own else find_similar(name, own)
    return f"unknown option {name}{suggest(near)} ({parser.prog} --help lists all)"


def _describe_owners(parser: HelpfulParser, name: str, owners: Sequence[str], words: Sequence[str]) -> str:
    """Return the message for an option of other commands; the empty name is that of reading without a command."""
    command = parser.prog.partition(" ")[2]
    if "" in owners:
        return f"takes no {name}; it is an option of {PROGRAM} FILE ({parser.prog} --help lists all)"
    rest = [word for word in words if word not in owners]
    example = f": {PROGRAM} {owners[0]} {_quote(rest)}" if len(owners) == 1 and not command else ""
    commands = f"the command {owners[0]}" if len(owners) == 1 else f"the commands {join_words(owners, 'and')}"
    return f"{name} is an option of {commands}{example}"


def _describe_stray(parser: HelpfulParser, unknown: Sequence[str]) -> str:
    """Return the message for words that are no options."""
    if parser.runs_netstat:
        if unknown[0] in NETSTAT_NAMES:
            return describe_netstat(parser, unknown)
        return f"takes no FILE: it runs netstat itself. To read a file: {PROGRAM} {_quote(unknown)}"
    return f"unknown argument {_quote(unknown)}; usage: {parser.usage}"


def describe_netstat(parser: HelpfulParser, words: Sequence[str]) -> str:
    """Return the message for a command line of netstat, which begins with its name."""
    options = _quote(words[1:])
    command = parser.prog if parser.runs_netstat else f"{PROGRAM} run"
    return (
        f"to run netstat and parse its output: {command}{f' -- {options}' if options else ''},"
        f" or {_quote(words)} | {PROGRAM}"
    )


def describe_misplaced(option: str, command: str, words: Sequence[str]) -> str:
    """Return the message for an option before a command that only has a meaning after it, or none.

    Args:
        option: the option.
        command: the command.
        words: all arguments.
    """
    name = option[:2] if _SHORT_OPTIONS.fullmatch(option) else option.partition("=")[0]
    if name not in _options_by_command()[command]:
        return f"{command} takes no {name} ({PROGRAM} {command} --help lists all)"
    rest = list(words)
    rest.remove(command)
    return f"{name} goes behind the command: {PROGRAM} {command} {_quote(rest)}"


def _describe_netstat_option(parser: HelpfulParser, unknown: Sequence[str], words: Sequence[str]) -> str:
    """Return where options of netstat go, which the unknown ones may be."""
    given = [word for word in unknown if word not in NETSTAT_NAMES]
    if parser.runs_netstat:
        own = [word for word in words if word not in unknown]
        before = f" {_quote(own)}" if own else ""
        return f"; options of netstat go behind --: {parser.prog}{before} -- {_quote(given)}"
    options = _quote(given)
    return f"; options of netstat go to netstat: netstat {options} | {PROGRAM}, or {PROGRAM} run -- {options}"


def describe_missing(path: str, message: str) -> str:
    """Return why a file cannot be opened, with the name that may be meant if there is no such file.

    Args:
        path: the name as it was given.
        message: the error of the system.
    """
    from netstat_parse.cli.command import COMMANDS

    if is_address(path) or os.path.lexists(path):
        return message
    if glob.has_magic(path):
        return "no file matches this pattern"
    if hint := _advise_on_word(path):
        return f"{message}; {hint}"
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]  # noqa: PTH122 - as typed
    names = [one for one in _list_names(folder) if find_similar(stem, [os.path.splitext(one)[0]])]  # noqa: PTH122 - as typed
    near = [os.path.join(folder, near) for near in find_similar(name, names)]  # noqa: PTH118 - as typed
    return message + suggest(near or (f"the command {near}" for near in find_similar(path, COMMANDS)))


def _advise_on_word(path: str) -> str | None:
    """Return how to get what a word means that is no file; None if it has no meaning."""
    from netstat_parse.cli.command import COMMANDS

    if path in NETSTAT_NAMES:
        return f"to run netstat and parse its output: {PROGRAM} run"
    if _SHORT_OPTIONS.fullmatch(path):
        return f"options of netstat go to netstat: {PROGRAM} run -- {path}"
    if path in COMMANDS:
        return f"a command comes first: {PROGRAM} {path} [OPTION ...]"
    return f"to print the help: {PROGRAM} --help" if path == "help" else None


@cache
def _list_names(folder: str) -> tuple[str, ...]:
    try:
        with os.scandir(folder or os.curdir) as entries:
            return tuple(entry.name for entry in islice(entries, MAX_NEIGHBOURS) if not entry.name.startswith("."))
    except OSError:
        return ()


@cache
def _options_by_command() -> dict[str, frozenset[str]]:
    """Return the options of each command; those of reading without a command have an empty name."""
    from netstat_parse.cli.command import COMMANDS, make_parser

    parsers = {"": make_parser(), **{name: command.load().make_parser(name) for name, command in COMMANDS.items()}}
    return {
        name: frozenset(option for action in parser._actions for option in action.option_strings)  # noqa: SLF001 - as above
        for name, parser in parsers.items()
    }


def _quote(words: Iterable[str]) -> str:
    return " ".join(map(shlex.quote, words))
