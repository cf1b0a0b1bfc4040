"""The answer to a question about an input: records of a table that is not one of the document."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from netstat_parse.records.rows import Rows


class Answer(NamedTuple):
    """Records of one table, as rows of values."""

    table: str
    """The name of the table: `listeners`, `talkers`, `states`, `counts`."""
    fields: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    """The records, each with a value for every field."""
    headings: Mapping[str, tuple[str, ...]]
    """Columns for people: headings, each with the fields whose values form one cell."""

    is_of_input: bool = True
    """False if the answer is about all inputs together."""

    names_all_fields: bool = False
    """True if the fields were selected by name: then no other is written before them."""

    def to_rows(self) -> Rows:
        """Return the records by column; there must be one."""
        return Rows(self.table, dict(zip(self.fields, map(list, zip(*self.rows, strict=True)), strict=True)))

    def select_fields(self, names: Sequence[str], source: str | None) -> "Answer":
        """Return the answer with these fields only, in this order; each is a column for people, too.

        Args:
            names: fields of the answer, or `source`.
            source: the name of the input.

        Raises:
            ValueError: the answer has no such field.
        """
        known = ("source", *self.fields)
        for name in names:
            if name not in known:
                raise ValueError(f"{self.table} have no field {name!r}; they have {', '.join(known)}")
        indexes = [known.index(name) for name in names]
        rows = [tuple((source, *row)[index] for index in indexes) for row in self.rows]
        headings = {name: (name,) for name in names}
        return self._replace(fields=tuple(names), rows=rows, headings=headings, names_all_fields=True)
