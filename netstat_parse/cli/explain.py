"""The command ``netstat-parse explain``: what a term of netstat means, or a line of a dump."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.cli.appearance import APPEARANCE, add_appearance
from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_WRONG_INPUT, complain
from netstat_parse.cli.options import (
    Parser,
    add_decoding,
    add_format,
    add_output,
    refuse,
)
from netstat_parse.cli.output import Output, write_output
from netstat_parse.formats.explanation_formats import EXPLANATION_FORMATS, ExplanationTask, write_explanations
from netstat_parse.inputs.origins import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netstat_parse.schema.explanation import Explanation

MAX_QUOTED_CHARS = 60
"""Maximum length of an unknown term in an error message."""

_FILE_AND_LINE = re.compile(r"(?P<path>.+):(?P<line>\d{1,1000})", re.DOTALL)

DESCRIPTION = """Examples:

  netstat-parse explain TCPTimeouts "connection resets received"
  netstat-parse explain CLOSE_WAIT ABHÖREN Recv-Q UG
  netstat-parse explain -- -p
  netstat-parse explain dump.txt:17

Explain terms of netstat: a counter by its name in the kernel, a MIB, the schema
or by any label that a netstat prints; a state, column or title in any
language; flags, timers, options, fields of the schema. FILE:LINE explains the
record that begins in that line of a dump."""

EPILOG = """Exit status:

  0    explained
  1    a term is unknown, or the line is not that of a record
  2    usage error, or a file that cannot be read"""


class Outcome(NamedTuple):
    """The explanations of a term, or why there are none."""

    explanations: "Sequence[Explanation]"
    status: int = EXIT_PARSED
    complaint: str = ""


def make_parser(command: str = "explain") -> argparse.ArgumentParser:
    """Make the argument parser of the command."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...] TERM|FILE:LINE ...",
        description=DESCRIPTION,
        epilog=EPILOG,
        allow_abbrev=False,
    )
    options.add_argument(
        "terms", metavar="TERM", nargs="*", help="a term, or FILE:LINE; write options of netstat after --"
    )
    add_format(options, tuple(EXPLANATION_FORMATS), "table")
    add_decoding(options)
    add_output(options)
    add_appearance(options)
    return options


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Explain the terms and return the exit status.

    Args:
        command: ``explain``.
        words: the arguments after it, up to ``--``.
        netstat_options: the words after ``--``, which are terms too.
        shared: the shared options that were given before it, of which some have no meaning here.
    """
    parser = make_parser(command)
    refuse(parser, shared, vars(shared).keys() - {"encoding", "system", "output"} - APPEARANCE)
    options, unknown = parser.parse_known_args(words, shared)
    terms = [*options.terms, *unknown, *netstat_options]
    if not terms:
        parser.error("a term is missing, such as: explain TCPTimeouts")
    outcomes = [_explain(term, options) for term in terms]
    for outcome in outcomes:
        if outcome.complaint:
            complain(outcome.complaint)
    status = max(outcome.status for outcome in outcomes)
    found = [each.model_dump(mode="json", by_alias=True) for outcome in outcomes for each in outcome.explanations]

    def write(output: Output) -> int:
        write_explanations(ExplanationTask(found, output.file, appearance=output.appearance), options.format)
        return status

    return write_output(options, write)


def _explain(term: str, options: argparse.Namespace) -> Outcome:
    """Explain a term, or a line if there is such a file."""
    from netstat_parse.cli.dumps import parse_choice
    from netstat_parse.insight.explain.explain import explain, find_similar_terms
    from netstat_parse.records.values import suggest

    place = _FILE_AND_LINE.fullmatch(term)
    if place:
        choice = parse_choice(place["path"])
        if choice.path == STANDARD_INPUT or _is_file(choice.path):
            return _explain_line(choice.path, int(place["line"]), options)
    if found := explain(term):
        return Outcome(found)
    quoted = repr(term if len(term) <= MAX_QUOTED_CHARS else f"{term[:MAX_QUOTED_CHARS]}...")
    hint = suggest(find_similar_terms(term))
    return Outcome((), EXIT_WRONG_INPUT, f"no such {'term or file' if place else 'term'}: {quoted}{hint}")


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _explain_line(path: str, line: int, options: argparse.Namespace) -> Outcome:
    from netstat_parse.cli.dumps import read_dumps
    from netstat_parse.insight.explain.records import explain_record, find_records
    from netstat_parse.records.values import STANDARD_INPUT_NAME

    quietly = {"quiet": True, "verbose": False, "strict": False}  # the line has its own diagnostic
    inputs = list(read_dumps([path], argparse.Namespace(**vars(options) | quietly)))
    dumps = [found.dump for found in inputs if found.dump]
    if not dumps:
        return Outcome((), max(found.status for found in inputs))
    label = STANDARD_INPUT_NAME if path == STANDARD_INPUT else path
    records = [record for dump in dumps for record in find_records(dump, line)]
    if records:
        return Outcome([found for record in records for found in explain_record(record)])
    messages = [found.message for dump in dumps for found in dump.diagnostics if found.line == line]
    total = max(dump.lines.total for dump in dumps)
    reason = "; ".join(dict.fromkeys(messages)) or "a title, a heading, an empty line or other text, so no record"
    if not 1 <= line <= total:
        reason = f"there is no such line; the file has {total}, and the first is 1"
    return Outcome((), EXIT_WRONG_INPUT, f"{label}:{line}: {reason}")
