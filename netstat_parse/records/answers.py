"""The answer to a question about an input: records of a table that is not one of the document."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from netstat_parse.named_fields import NamedFields
from netstat_parse.records.rows import Rows


class Answer(NamedFields):
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

    def select_records(self, field: str, values: Collection[str]) -> "Answer":
        """Return the answer with the records that have one of these values, as text, in a field.

        Of a field with several values one must be such; ``null`` is no value.
        """
        index = self.fields.index(field)
        return self._replace(rows=[row for row in self.rows if not _texts(row[index]).isdisjoint(values)])

    def keep_first(self, count: int) -> "Answer":
        """Return the answer with the first records of each snapshot only."""
        index = self.fields.index("snapshot")
        kept: Counter[Any] = Counter()
        rows = []
        for row in self.rows:
            kept[row[index]] += 1
            if kept[row[index]] <= count:
                rows.append(row)
        return self._replace(rows=rows)

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


def _texts(value: object) -> set[str]:
    """Return the texts of a value, as conditions have them."""
    values = value if isinstance(value, list | dict) else [value]
    return {"null" if item is None else str(item) for item in values} or {"null"}
