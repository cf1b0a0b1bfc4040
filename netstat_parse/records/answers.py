"""The answer to a question about an input: records of a table that is not one of the document."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """Records of one table, as rows of values."""

    table: str
    """The name of the table: `listeners`, `talkers`, `states`, `counts`."""
    fields: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    """The records, each with a value for every field."""
    headings: Mapping[str, tuple[str, ...]]
    """Columns for people: headings, each with the fields whose values form one cell."""

    def select_fields(self, names: Sequence[str]) -> "Answer":
        """Return the answer with these fields only, in this order; each is a column for people, too.

        Raises:
            ValueError: the answer has no such field.
        """
        for name in names:
            if name not in self.fields:
                raise ValueError(f"{self.table} have no field {name!r}; they have {', '.join(self.fields)}")
        indexes = [self.fields.index(name) for name in names]
        rows = [tuple(row[index] for index in indexes) for row in self.rows]
        return Answer(self.table, tuple(names), rows, {name: (name,) for name in names})
