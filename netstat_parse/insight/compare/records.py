"""Make the changes of a table from its records at two moments."""

from collections.abc import Callable, Iterable, Sequence

from netstat_parse.insight.compare.matching import Parts, Pass, RecordType, find_uncertain, pair_records
from netstat_parse.schema.comparison import NotComparable

FORM_REASONS = {
    "name": "one side has names for numbers of the other (netstat -n prints numbers)",
    "cut": "netstat truncated them",
}
"""Why records of two forms are not comparable."""

Changes = tuple[list[dict[str, object]], list[NotComparable]]
"""The values of `RecordChange` for each record that changed, and what is not comparable."""


def compare_records(  # noqa: PLR0913 - all that a table defines
    table: str,
    before: Sequence[RecordType],
    after: Sequence[RecordType],
    passes: Iterable[Pass[RecordType]],
    *,
    parts: Callable[[RecordType], Parts],
    fields: Sequence[str],
) -> Changes:
    """Compare the records of a table.

    Args:
        table: its name.
        before: its records at the earlier moment.
        after: its records at the later moment.
        passes: how records are paired.
        parts: returns the parts of a record that may be printed in several forms.
        fields: the fields by which a pair has changed, if both sides print them.
    """
    pairing = pair_records(before, after, passes)
    uncertain = find_uncertain(pairing, parts)
    skipped = {id(record) for record in (*uncertain.removed, *uncertain.added)}
    changes = [
        *(_change("added", None, record) for record in pairing.added if id(record) not in skipped),
        *(_change("removed", record, None) for record in pairing.removed if id(record) not in skipped),
        *(_change("changed", *pair) for pair in pairing.pairs if has_changed(*pair, fields)),
    ]
    if not skipped:
        return changes, []
    counts = f"{len(uncertain.removed):,} records before and {len(uncertain.added):,} after may be the same"
    reason = "; ".join([*(FORM_REASONS[form] for form in sorted(uncertain.forms)), counts])
    return changes, [NotComparable(table=table, reason=reason)]


def has_changed(before: RecordType, after: RecordType, fields: Sequence[str]) -> bool:
    """Return whether one of the fields differs that both sides print."""
    values = ((getattr(before, field), getattr(after, field)) for field in fields)
    return any(old != new and old is not None and new is not None for old, new in values)


def _change(change: str, before: RecordType | None, after: RecordType | None) -> dict[str, object]:
    return {"change": change, "before": before, "after": after}
