"""Explanations: as text for people, in Markdown for a ticket, and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.display import DisplayTable
from netstat_parse.formats.explanation_formats import Explanations, ExplanationTask
from netstat_parse.formats.json_text import write_value
from netstat_parse.formats.markdown_writer import escape, format_table
from netstat_parse.formats.paragraphs import break_paragraph, find_style_for, paint_for, write_lines
from netstat_parse.formats.styles import HEADING, TITLE
from netstat_parse.formats.text_layout import GAP, Grid, draw_lines, measure_column
from netstat_parse.records.fields import record_kind
from netstat_parse.records.values import cell_width, encode_json, printable

HEADINGS = ["Field", "Value", "Meaning"]
"""Headings of the table of a record."""

INDENT = 2
"""Columns by which the text below a term is indented."""

MAX_VALUE_WIDTH = 30
"""Maximum width in characters of the column of values; the meaning of a wider value is below it."""

MIN_MEANING_WIDTH = 24
"""Minimum width in characters of the column of meanings; on a narrower terminal they are below their values."""


def write_json(task: ExplanationTask) -> None:
    """Write a list."""
    write_value(list(task.explanations), task.file, task.appearance)


def write_table(task: ExplanationTask) -> None:
    """Write a paragraph for each explanation: what it is, its meaning, its names, labels and sources."""
    write_lines(_list_lines(task), task.file)


def _list_lines(task: ExplanationTask) -> Iterator[str]:
    for record in _records(task.explanations):
        yield paint_for(record.title, TITLE, task.appearance)
        yield from _draw_record(record, task.appearance)
    for number, group in enumerate(_group(task.explanations)):
        if number:
            yield ""
        title, kind = _title(group), _describe(group[0])
        is_short = cell_width(title) + GAP + cell_width(kind) <= task.appearance.text_width
        yield paint_for(title, TITLE, task.appearance) + (" " * GAP + kind if is_short else "")
        paragraphs = _paragraphs(group) if is_short else [kind, *_paragraphs(group)]
        for paragraph in paragraphs:
            yield from break_paragraph(printable(paragraph), INDENT, task.appearance)


def _draw_record(record: DisplayTable, appearance: Appearance) -> Iterator[str]:
    """Yield the lines of the fields of a record: the meaning is beside the value, or below it if there is no room."""
    fields, values, _ = zip(record.headings, *record.rows, strict=True)
    sizes = [measure_column(fields), min(measure_column(values), MAX_VALUE_WIDTH)]
    room = appearance.text_width - sum(sizes) - GAP * len(sizes)
    is_below = room < MIN_MEANING_WIDTH
    if not is_below:
        sizes.append(room)
    bold = find_style_for(HEADING, appearance)
    is_list = [False, *(True for _ in sizes[1:])]
    grid = Grid(sizes, [False] * len(sizes), is_list, [bold] * len(sizes), appearance.text_width)
    for cells in [record.headings, *record.rows]:
        yield from draw_lines([[cell] for cell in cells[: len(sizes)]], grid)
        yield from break_paragraph(cells[-1], 2 * INDENT, appearance) if is_below else ()
        grid = grid._replace(styles=[bold, *(None for _ in sizes[1:])])


def write_markdown(task: ExplanationTask) -> None:
    """Write a section for each explanation."""
    for record in _records(task.explanations):
        task.file.write(format_table(record).encode(errors="backslashreplace"))
    for group in _group(task.explanations):
        lines = [f"## {escape(_title(group))}\n", f"{escape(_describe(group[0]))}\n"]
        lines += [f"{escape(printable(paragraph))}\n" for paragraph in _paragraphs(group)]
        task.file.write("\n".join([*lines, ""]).encode(errors="backslashreplace"))


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
