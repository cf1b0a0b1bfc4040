"""The formats of explanations by name, each with its function.

An explanation is an object of JSON, as `netstat_parse.schema.Explanation` describes it. Those of a record also have the
`line`, `table` and `value` of a field.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import IO, Any, NamedTuple

from netstat_parse.formats.appearance import IN_FILE, Appearance
from netstat_parse.formats.display import DisplayTable
from netstat_parse.formats.json_text import write_value
from netstat_parse.records.fields import record_kind
from netstat_parse.records.values import encode_json, printable

Explanations = Sequence[Mapping[str, Any]]


class ExplanationTask(NamedTuple):
    """Explanations to write to a file."""

    explanations: Explanations
    file: IO[bytes]
    appearance: Appearance = IN_FILE


HEADINGS = ["Field", "Value", "Meaning"]
"""Headings of the table of a record."""

INDENT = 2
"""Columns by which the text below a term is indented."""


def write_json(task: ExplanationTask) -> None:
    """Write a list."""
    write_value(list(task.explanations), task.file, task.appearance)


def write_table(task: ExplanationTask) -> None:
    """Write a paragraph for each explanation: what it is, its meaning, its names, labels and sources."""
    from rich.text import Text  # Rich takes long to import

    from netstat_parse.formats.console import open_console, print_paragraph
    from netstat_parse.formats.table_writer import draw_table

    with open_console(task.file, task.appearance) as console:
        for record in _records(task.explanations):
            console.print(draw_table(record, console=console))
        for number, group in enumerate(_group(task.explanations)):
            if number:
                console.print()
            console.print(Text.assemble((_title(group), "bold"), f"  {_describe(group[0])}"))
            for paragraph in _paragraphs(group):
                print_paragraph(console, printable(paragraph), INDENT)


def write_markdown(task: ExplanationTask) -> None:
    """Write a section for each explanation."""
    from netstat_parse.formats.markdown_writer import escape, format_table

    for record in _records(task.explanations):
        task.file.write(format_table(record).encode(errors="backslashreplace"))
    for group in _group(task.explanations):
        lines = [f"## {escape(_title(group))}\n", f"{escape(_describe(group[0]))}\n"]
        lines += [f"{escape(printable(paragraph))}\n" for paragraph in _paragraphs(group)]
        task.file.write("\n".join([*lines, ""]).encode(errors="backslashreplace"))


EXPLANATION_FORMATS: Mapping[str, Callable[[ExplanationTask], None]] = {
    "table": write_table,
    "json": write_json,
    "markdown": write_markdown,
}
"""The function that writes each format."""


def _group(explanations: Explanations) -> Iterator[list[Mapping[str, Any]]]:
    """Group neighbours that mean the same, such as a counter of IPv4 and that of IPv6."""
    terms = [explanation for explanation in explanations if "value" not in explanation]
    for _, group in groupby(terms, key=lambda each: (each["kind"], each["meaning"], each["not"])):
        yield list(group)


def _records(explanations: Explanations) -> Iterator[DisplayTable]:
    """Yield a table for the records of each line, with a row for each field."""
    fields = [explanation for explanation in explanations if "value" in explanation]
    for (table, line), group in groupby(fields, key=lambda each: (each["table"], each["line"])):
        rows = [[each["term"], _format_value(each["value"]), _join_meaning(each)] for each in group]
        cells = [list(map(printable, row)) for row in rows]
        yield DisplayTable(f"{record_kind(table).replace('_', ' ')} in line {line}".capitalize(), HEADINGS, cells)


def _join_meaning(explanation: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [explanation["meaning"], explanation["not"]]))


def _title(group: Sequence[Mapping[str, Any]]) -> str:
    """Return the names of a term."""
    first = group[0]
    if first["kind"] == "rule":
        return str(first["rules"][0])
    names = [each["names"]["kernel"] or each["names"]["schema"] or each["term"] for each in group]
    if first["kind"] in {"option", "flag", "column", "title", "word", "message"}:
        printed = [next(iter(each["labels"].values()), [each["term"]]) for each in group]
        names = [labels[0] for labels in printed]
    title = ", ".join(dict.fromkeys(names))
    words = {text.casefold() for labels in first["labels"].values() for text in labels}
    is_translated = first["kind"] == "state" and not first["term"].isascii() and first["term"].casefold() not in words
    return printable(f"{first['term']}: {title}" if is_translated else title)


def _describe(explanation: Mapping[str, Any]) -> str:
    """Return the kind of a term, its systems and unit: ``counter of linux, windows, in segments``."""
    kind = explanation["counter_kind"] or explanation["kind"]
    systems = f" of {', '.join(explanation['labels'])}" if explanation["labels"] else ""
    unit = f", in {explanation['unit']}" if explanation["unit"] and explanation["unit"] != "enum" else ""
    return f"{kind}{systems}{unit}"


def _paragraphs(group: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    first = group[0]
    yield first["meaning"]
    if first["not"]:
        yield first["not"]
    names = [name for each in group for name in each["names"].values() if name]
    if names:
        yield f"Names: {', '.join(dict.fromkeys(names))}"
    for system in first["labels"]:
        labels = [label for each in group for label in each["labels"].get(system, ())]
        yield f"Printed by {system}: {'; '.join(dict.fromkeys(labels))}"
    for heading, field in (("Rules", "rules"), ("Source", "sources")):
        items = [item for each in group for item in each[field]]
        if items and (field != "rules" or first["kind"] != "rule"):
            yield f"{heading}: {'; '.join(dict.fromkeys(items))}"


def _format_value(value: object) -> str:
    return value if isinstance(value, str) else encode_json(value)
