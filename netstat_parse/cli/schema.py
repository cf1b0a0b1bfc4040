"""The command ``netstat-parse schema``: print the JSON Schema of the document."""

import argparse

from netstat_parse.cli.appearance import APPEARANCE, add_appearance
from netstat_parse.cli.complaints import EXIT_PARSED
from netstat_parse.cli.options import Parser, add_output, refuse
from netstat_parse.cli.output import Output, write_output

DESCRIPTION = """Examples:

  netstat-parse schema -o document.schema.json
  netstat-parse schema | jq '."$defs".Connection.properties'

Print the JSON Schema (draft 2020-12) of the JSON document. It has the meaning
and unit of every field, and in `x-meanings` the meaning of every counter, state
and flag. A line of -f ndjson is a record of one of its tables, with its `kind`
first. A document that was made with --fields lacks fields, so it does not fit
the schema."""

STABILITY = """The schema's version is MAJOR.MINOR: see `schema_version`, and the end of `$id`.

A new MINOR adds tables, fields, values of enumerations, or kinds of NDJSON
lines. So ignore tables, fields and kinds that you do not know, treat unknown
values as null, and do not rely on the order of fields.

A new MAJOR removes or renames something, or changes a type, a unit or a
meaning. Do not read a document whose MAJOR you do not know.

A document fits the schema of its own version. The wording of descriptions and
diagnostics may change in any release."""


def make_parser(command: str = "schema") -> argparse.ArgumentParser:
    """Make the argument parser of the command."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...]",
        description=DESCRIPTION,
        epilog=STABILITY,
    )
    add_output(options)
    add_appearance(options, indents_files=True)
    return options


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Print the schema and return the exit status.

    Args:
        command: ``schema``.
        words: the arguments after it.
        netstat_options: the words after ``--``, of which there must be none.
        shared: the shared options that were given before it, of which only those for the output are allowed.
    """
    parser = make_parser(command)
    refuse(parser, shared, vars(shared).keys() - {"output"} - APPEARANCE)
    options = parser.parse_args([*words, *netstat_options], shared)

    def write(output: Output) -> int:
        from netstat_parse.formats.json_text import write_value
        from netstat_parse.insight.explain.schema_texts import add_meanings
        from netstat_parse.records.fields import document_schema

        write_value(add_meanings(document_schema()), output.file, output.appearance)
        return EXIT_PARSED

    return write_output(options, write)
