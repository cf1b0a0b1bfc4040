"""The argument of a writer: an input, the file to write it to, and the selection from its records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from netstat_parse.formats.appearance import IN_FILE, Appearance
from netstat_parse.formats.notes import Notes
from netstat_parse.named_fields import NamedFields
from netstat_parse.records.answers import Answer
from netstat_parse.records.fields import field_defaults, record_prefix
from netstat_parse.records.rows import MEANING, RecordSource, Rows, complete_records

if TYPE_CHECKING:
    from netstat_parse.records.selection import Selection

Blocks = Iterable[tuple[Rows, Mapping[str, Any]]]
"""Rows, each block with its fields in output order and their values if netstat did not print them."""


class WriteTask(NamedFields):
    """One input to write to a file, whole or a selection of it."""

    source: RecordSource
    file: IO[bytes]
    selection: "Selection | None" = None
    """None for everything."""
    is_one_of_several: bool = False
    """True if the file also gets other inputs, so that the input's name must be written with its records."""
    answer: Answer | None = None
    """The answer to a question about the input, to be written instead of its records."""
    appearance: Appearance = IN_FILE
    notes: Notes | None = None
    """Gets the notes about tables, which the caller writes below all inputs; None to write them below each table."""

    @property
    def source_name(self) -> str | None:
        """Name of the input if it must be written with its records, else None."""
        return self.source.name if self.is_one_of_several else None

    @property
    def tables(self) -> frozenset[str] | None:
        """Selected tables; None for all."""
        if self.answer:
            return frozenset({self.answer.table})
        return self.selection.only if self.selection else None

    @property
    def fields(self) -> tuple[str, ...] | None:
        """Selected fields; None for all."""
        return self.selection.fields if self.selection else None

    def prefix(self, table: str) -> dict[str, Any]:
        """Return the fields to write before those of a record; none if fields are selected, as they name all."""
        if self.answer:
            is_named = self.source_name is not None and not self.answer.names_all_fields
            return {"source": self.source_name} if is_named else {}
        return record_prefix(table, self.source_name) if self.fields is None else {}

    def blocks(self) -> Iterator[tuple[Rows, Mapping[str, Any]]]:
        """Yield the selected rows in blocks, each with its fields (see `Blocks`)."""
        if self.answer:
            return iter([(self.answer.to_rows(), dict.fromkeys(self.answer.fields))] if self.answer.rows else [])
        rows = self.source.rows()
        if self.selection is not None:
            from netstat_parse.records.selection import select

            rows = select(rows, self.selection, self.source.name)
        if self.fields is None:
            return ((block, _fields_of(block)) for block in rows)
        return ((block, dict.fromkeys(block.columns)) for block in rows)

    def records(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Yield the selected records in blocks, each with the name of its table."""
        return ((rows.kind, complete_records(rows, defaults)) for rows, defaults in self.blocks())


def _fields_of(block: Rows) -> Mapping[str, Any]:
    """Return the fields of a block in output order: those of the schema, and the meanings if they were added."""
    defaults = field_defaults(block.kind)
    return {**defaults, MEANING: None} if MEANING in block.columns else defaults


Writer = Callable[[WriteTask], None]
"""Writes an input in one format."""
