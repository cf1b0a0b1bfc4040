"""The command that prints the JSON Schema of the document: ``netstat-parse schema``."""

import argparse
from importlib.resources import files

from netstat_parse.cli.complaints import PARSED, output
from netstat_parse.cli.options import add_output

DESCRIPTION = """Print the JSON Schema (draft 2020-12) of the JSON document: every field with its meaning and unit. The
records of -f ndjson are those of its tables, with their `kind` before them; what --fields leaves of the records is not
the whole, and does not fit it."""


STABILITY = """The number in `schema_version` and at the end of `$id` is MAJOR.MINOR. A new MINOR adds: tables, fields,
words in a list of words, kinds of NDJSON lines. So pass over tables, fields and kinds that you do not know, take an
unknown word as null, and do not rely on the order of fields. A new MAJOR takes away, renames, or changes a type, a unit
or a meaning: read no document whose MAJOR you do not know. A document fits the schema of its own version. Wording of
descriptions and diagnostics' messages may change in any release."""


def parser(command: str = "schema") -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [-o PATH]",
        description=DESCRIPTION,
        epilog=STABILITY,
    )
    add_output(options)
    return options


def main(words: list[str], shared: argparse.Namespace, defaults: argparse.Namespace) -> int:
    """Print the schema and give the exit status; of the shared options it has but one."""
    options = parser().parse_args(words, argparse.Namespace(output=shared.output))
    if vars(shared) | {"output": None} != vars(defaults):
        parser().error("of the options before it only -o is meant for the schema")
    text = files("netstat_parse").joinpath("schema", "document.schema.json").read_bytes()
    with output(options.output) as file:
        file.write(text)
    return PARSED
