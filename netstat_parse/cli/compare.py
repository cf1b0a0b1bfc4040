"""The command ``netstat-parse compare``: print what changed between two moments."""

import argparse
from typing import TYPE_CHECKING

from netstat_parse.cli.appearance import add_appearance
from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_WRONG_INPUT, announce_terminal, complain
from netstat_parse.cli.options import (
    Parser,
    add_format,
    add_output,
    add_reading,
    add_seconds,
)
from netstat_parse.cli.output import Output, write_output
from netstat_parse.formats.comparison_formats import COMPARISON_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netstat_parse.schema.comparison import Comparison

DESCRIPTION = """Examples:

  netstat-parse compare monday.txt tuesday.txt
  netstat-parse compare dump.log@0 dump.log@3 -f json
  netstat-parse compare --all interval.log -f csv

Print what changed from one moment to another: counters with their difference,
sockets, interfaces, addresses and routes. BEFORE and AFTER are files, archives
or - for standard input. Of a file with several moments the last one is
compared; FILE@3 is the moment of the snapshot with the index 3, as in the JSON
document. With one FILE, its first moment is compared with its last one.

A counter that fell was reset or has wrapped, as the other counters of its
block show. Without an explanation it is unclear, and has no difference."""

EPILOG = """Exit status:

  0    compared
  1    with --exit-code, something has changed; no netstat table in an input;
       with --strict, any error
  2    usage error, an input that cannot be read, or nothing to compare it with
  130  interrupted by Ctrl-C"""


def make_parser(command: str = "compare") -> argparse.ArgumentParser:
    """Make the argument parser of the command."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...] BEFORE AFTER\n"
        f"       netstat-parse {command} [OPTION ...] [--all] [FILE]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    options.add_argument(
        "files", metavar="FILE", nargs="*", help="two files, or one with several moments (default: standard input)"
    )
    options.add_argument("--all", action="store_true", help="compare each moment with the next one of the same host")
    add_seconds(options)
    options.add_argument("--exit-code", action="store_true", help="exit with 1 if something has changed")
    options.add_argument("--unchanged", action="store_true", help="print also what has not moved (json always does)")
    add_format(options, tuple(COMPARISON_FORMATS), "table")
    add_reading(options)
    add_output(options)
    add_appearance(options)
    return options


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Compare, and return the exit status.

    Args:
        command: ``compare``.
        words: the arguments after it.
        netstat_options: the words after ``--``: further files.
        shared: the shared options that were given before it.
    """
    from netstat_parse.cli.dumps import EXIT_UNUSABLE_CHOICE, ChoiceError, parse_choice, parse_words
    from netstat_parse.cli.pairs import compare_files

    parser = make_parser(command)
    options = parse_words(parser, words, netstat_options, shared)
    choices = [parse_choice(word) for word in options.files or ["-"]]
    if len(choices) > 2 and not options.all:  # noqa: PLR2004 - a comparison has two sides
        parser.error("compare takes two files, or one")
    announce_terminal(options)
    try:
        found, status = compare_files(choices, options)
    except ChoiceError as error:
        complain(str(error))
        return EXIT_UNUSABLE_CHOICE
    if not found:
        return status
    return write_output(options, lambda output: max(status, _write(found, options, output)))


def _write(found: "Sequence[Comparison]", options: argparse.Namespace, output: Output) -> int:
    from netstat_parse.formats.comparison_formats import ComparisonTask, write_comparisons

    is_whole = options.unchanged or options.format == "json"
    chosen = [comparison if is_whole else comparison.select_changes() for comparison in found]
    documents = [comparison.model_dump(mode="json") for comparison in chosen]
    write_comparisons(ComparisonTask(documents, output.file, options.all, appearance=output.appearance), options.format)
    has_changed = options.exit_code and any(comparison.has_changes for comparison in found)
    return EXIT_WRONG_INPUT if has_changed else EXIT_PARSED
