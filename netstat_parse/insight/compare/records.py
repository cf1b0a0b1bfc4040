"""Make the changes of a table from its records at two moments."""

from collections.abc import Callable, Iterable, Sequence

from netstat_parse.insight.compare.matching import Pass, RecordType, find_uncertain, pair_records
from netstat_parse.insight.facts.doubts import count_lost_rows
from netstat_parse.insight.facts.printed_values import Identity
from netstat_parse.schema import Dump
from netstat_parse.schema.comparison import NotComparable

FORM_REASONS = {
    "name": "one side has names for numbers of the other (netstat -n prints numbers)",
    "cut": "netstat truncated them",
}
"""Why records of two forms are not comparable."""

Values = dict[str, object]
"""The values of a `RecordChange`."""

Changes = tuple[list[Values], list[NotComparable]]
"""The records that changed, and what is not comparable."""


def compare_records(  # noqa: PLR0913 - all that a table defines
    table: str,
    before: Sequence[RecordType],
    after: Sequence[RecordType],
    passes: Iterable[Pass[RecordType]],
    *,
    identify: Callable[[RecordType], Identity],
    fields: Sequence[str],
) -> Changes:
    """Compare the records of a table.

    Args:
        table: its name.
        before: its records at the earlier moment.
        after: its records at the later moment.
        passes: how records are paired.
        identify: returns the values of a record that may be printed in several forms.
        fields: the fields by which a pair has changed, if both sides print them.
    """
    pairing = pair_records(before, after, passes)
    uncertain = find_uncertain(pairing, identify)
    skipped = {id(record) for record in (*uncertain.removed, *uncertain.added)}
    changes = [
        *(_change("added", None, record) for record in pairing.added if id(record) not in skipped),
        *(_change("removed", record, None) for record in pairing.removed if id(record) not in skipped),
        *(_change("changed", *pair, names) for pair in pairing.pairs if (names := find_changed(*pair, fields))),
    ]
    if not skipped:
        return changes, []
    counts = f"{len(uncertain.removed):,} records before and {len(uncertain.added):,} after may be the same"
    reason = "; ".join([*(FORM_REASONS[form] for form in sorted(uncertain.forms)), counts])
    return changes, [NotComparable(table=table, reason=reason)]


def find_changed(before: RecordType, after: RecordType, fields: Sequence[str]) -> list[str]:
    """Return the fields that differ, of those that both sides print."""
    values = ((field, getattr(before, field), getattr(after, field)) for field in fields)
    return [field for field, old, new in values if old != new and old is not None and new is not None]


def _change(
    change: str, before: RecordType | None, after: RecordType | None, changed_fields: Sequence[str] = ()
) -> Values:
    return {"change": change, "before": before, "after": after, "changed_fields": [*changed_fields]}


def drop_uncertain(table: str, changes: list[Values], moments: tuple[Dump, Dump]) -> Changes:
    """Leave out records that one side lacks if as many of its rows could not be read."""
    problems: list[NotComparable] = []
    for side, moment, outcome in (("before", moments[0], "added"), ("after", moments[1], "removed")):
        lacking = sum(change["change"] == outcome for change in changes)
        lost = count_lost_rows(moment, getattr(moment, table)) if lacking else 0
        if lost:
            rows = "a row" if lost == 1 else f"{lost:,} rows"
            reason = f"{rows} {side} could not be read: records that seem {outcome} may be there"
            problems.append(NotComparable(table=table, reason=reason))
        if lacking <= lost:
            changes = [change for change in changes if change["change"] != outcome]
    return changes, problems
