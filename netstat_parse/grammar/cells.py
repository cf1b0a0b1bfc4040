"""Read and change the columns of a block: functions for the facts of grammars."""

from collections.abc import Sequence
from typing import Any

from netstat_parse.records.rows import Columns


def get_column(columns: Columns, name: str) -> list[Any]:
    """Return the values of a column; None in each row if the column was not printed."""
    return columns.get(name) or [None] * len(next(iter(columns.values())))


def mark_truncated(columns: Columns, field: str, is_cut: Sequence[bool]) -> None:
    """Add a field to the field `truncated` of the rows in which netstat may have cut it."""
    if any(is_cut):
        fields = columns.get("truncated") or [[]] * len(is_cut)
        alone = [field]  # one list for all such rows, because writers convert each list only once
        columns["truncated"] = [
            names if not cut else [*names, field] if names else alone for names, cut in zip(fields, is_cut, strict=True)
        ]


def keep_extra(columns: Columns, heading: str, texts: Sequence[str | None]) -> None:
    """Keep texts for which the schema has no field in `extra`, under their heading; rows without a text get none."""
    if any(texts):
        extra = columns.get("extra") or [{} for _ in texts]
        columns["extra"] = [
            {**others, heading: text} if text else others for others, text in zip(extra, texts, strict=True)
        ]
