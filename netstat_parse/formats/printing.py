"""What the command line prints, in each of its formats."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Protocol

from netstat_parse.formats import json_writer
from netstat_parse.records import fields, rows
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import printable

if TYPE_CHECKING:
    from netstat_parse.formats.display import Cells, Shown
    from netstat_parse.records.selection import Selection


class Source(Protocol):
    """What is printed: an input that is read, or this machine's netstat."""

    @property
    def name(self) -> str | None:
        """What it is called."""

    @property
    def lines(self) -> Mapping[str, int]:
        """How many lines there were, and what they were; final when all rows have been taken."""

    def rows(self) -> Iterator[Rows]:
        """The records, in blocks, as they come."""


@dataclass(frozen=True)
class Printing:
    """One input on its way to the output."""

    reading: Source
    output: IO[bytes]
    several: bool
    """Whether it is one of several inputs."""
    choice: "Selection | None" = None
    """What of it is wanted; None for all."""

    @property
    def source(self) -> str | None:
        """The input's name, where it is to stand beside its records."""
        return self.reading.name if self.several else None

    @property
    def only(self) -> frozenset[str] | None:
        """The tables that were named; None for all."""
        return self.choice.only if self.choice else None

    @property
    def picks(self) -> tuple[str, ...] | None:
        """The fields that were named; None for all."""
        return self.choice.fields if self.choice else None

    @property
    def write(self) -> json_writer.Write:
        """What writes a block of records as JSON."""
        if self.picks is not None:
            return json_writer.selected_json
        return json_writer.json_records

    def rows(self) -> Iterator[Rows]:
        """The rows that are wanted, as they come, while what is wrong with any is told."""
        rows = self.reading.rows()
        if self.choice is None:
            return rows
        from netstat_parse.records import selection

        return selection.select(rows, self.choice, self.reading.name)

    def records(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """The same as whole records, in blocks of one table each."""
        complete = rows.records
        if self.picks is not None:
            from netstat_parse.records import selection

            complete = selection.records
        return ((table, complete(table, columns)) for table, columns in self.rows())

    def fields(self, rows: Rows) -> Mapping[str, Any]:
        """The fields that are wanted of these rows, each with the value that stands for what was not printed."""
        return fields.fields(rows.kind) if self.picks is None else dict.fromkeys(rows.columns)

    def shown(self) -> "Shown":
        """The columns for people: the usual ones, or the fields that are wanted."""
        from netstat_parse.formats.display import shown

        tables = shown(self.only)
        if self.picks is None:
            return tables
        from netstat_parse.records.selection import available_fields

        return {table: {name: (name,) for name in available_fields(table, self.picks)} for table in tables}

    def cells(self) -> "Cells":
        """What people see of the records."""
        from netstat_parse.formats.display import collected

        return collected(self.records(), self.shown())


def printing(reading: Source, output: IO[bytes], options: Namespace, *, several: bool) -> Printing:
    """An input on its way to the output, as the options of the command line want it."""
    choice = None
    if options.only or options.where or options.fields:
        from netstat_parse.records.selection import make_selection

        choice = make_selection(options.only, options.where, options.fields)
    return Printing(reading, output, several=several, choice=choice)


Show = Callable[[Printing], None]


def show_json(printing: Printing) -> None:
    """The document, whole; where there are several, one a line."""
    reading = printing.reading
    document = json_writer.document(printing.rows(), reading.name, lambda: reading.lines, printing.write)
    printing.output.writelines([*document, b"\n"])


def show_ndjson(printing: Printing) -> None:
    """A record a line, each as soon as it is whole."""
    for lines in json_writer.ndjson(printing.rows(), printing.source, printing.write):
        printing.output.write(lines)
        printing.output.flush()


def show_yaml(printing: Printing) -> None:
    """The document as YAML; where there are several, one after the other."""
    from netstat_parse.formats import yaml_writer

    reading = printing.reading
    blocks = ((rows, printing.fields(rows)) for rows in printing.rows())
    document = yaml_writer.document(blocks, reading.name, lambda: reading.lines)
    printing.output.writelines(part.encode() for part in document)


def show_separated(printing: Printing, form: str) -> None:
    """A table for each kind of record, separated by commas or tabs; where it can be but one, as it comes."""
    from netstat_parse.formats import csv_writer

    wanted = ((table, some) for table, some in printing.records() if csv_writer.is_wanted(table, printing.only))
    blocks = csv_writer.with_head(wanted, printing.source) if printing.picks is None else wanted
    is_one, text = len(printing.only or ()) == 1, ""
    for text in csv_writer.tables(blocks, csv_writer.FORMS[form], is_one=is_one):
        printing.output.write(text.encode())
        if is_one:
            printing.output.flush()
    if text and printing.several:  # the tables of another input may follow
        printing.output.write(csv_writer.FORMS[form].end.encode())


def show_markdown(printing: Printing) -> None:
    """Tables for people in Markdown, one for each kind of record."""
    from netstat_parse.formats import markdown_writer

    for text in markdown_writer.tables(printing.cells(), printing.shown(), printing.source):
        printing.output.write(text.encode())


def show_table(printing: Printing) -> None:
    """Tables for people, one for each kind of record."""
    from netstat_parse.formats.table_writer import PlainConsole, tables

    source = f" of {printable(printing.source)}" if printing.source else ""
    cells, shown = printing.cells(), printing.shown()
    width = None if printing.output.isatty() else 10_000
    with open(printing.output.fileno(), "w", encoding="utf-8", closefd=False) as text:
        console = PlainConsole(file=text, width=width, highlight=False, soft_wrap=False)
        for table in tables(cells, shown, source):
            console.print(table)


WRITERS: Mapping[str, Show] = {
    "json": show_json,
    "ndjson": show_ndjson,
    "csv": partial(show_separated, form="csv"),
    "csv-raw": partial(show_separated, form="csv-raw"),
    "tsv": partial(show_separated, form="tsv"),
    "yaml": show_yaml,
    "table": show_table,
    "markdown": show_markdown,
}
