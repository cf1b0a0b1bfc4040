"""Lines of text about the screen: tabs, status, keys, cells; without a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from netstat_parse.formats.text_layout import GAP, isolate, pad
from netstat_parse.records.values import cell_width, count_things
from netstat_parse.screen.pairs import Change
from netstat_parse.screen.tracker import Round, TableRound, count_changes

SIGNS: Mapping[Change, str] = {"": " ", "added": "+", "removed": "-", "changed": "~"}
"""Signs of changes, for terminals and eyes without colours."""

MARGIN = 2
"""Width of the sign of a change, and of the blank after it."""

MAX_FILTER_CHARS = 20
"""Characters of a filter that the status line repeats."""


def align_cells(cells: Iterable[str], table: TableRound) -> list[str]:
    """Return the cells of a row or the headings, each as wide as its column."""
    columns = zip(cells, table.widths, table.columns, strict=True)
    return [pad(isolate(cell), cell, width, is_right=column.is_right) for cell, width, column in columns]


def label_table(table: TableRound) -> str:
    """Return the label of a table: its name, its number of records, and the changes of the round."""
    counts = count_changes(table.rows)
    number = len(table.rows) - counts["removed"]
    signs = [f"{SIGNS[change]}{counts[change]:,}" for change in ("added", "removed") if counts[change]]
    return " ".join([table.title, f"{number:,}", *signs])


def choose_tabs(labels: Sequence[str], active: int, width: int) -> range:
    """Return which labels fit into a width, the active one among them: all, or those around it."""
    first = last = active
    space = width - cell_width(labels[active])
    while True:
        if last + 1 < len(labels) and (needed := cell_width(labels[last + 1]) + GAP) <= space:
            last += 1
        elif first and (needed := cell_width(labels[first - 1]) + GAP) <= space:
            first -= 1
        else:
            return range(first, last + 1)
        space -= needed


def fit_words(words: Iterable[str], width: int, separator: str = "  ") -> list[str]:
    """Return the words that fit into a width, the first ones first."""
    found: list[str] = []
    for word in words:
        if cell_width(separator.join([*found, word])) <= width:
            found.append(word)
    return found


def describe_round(last: Round | None, visible: Round | None, *, age_seconds: float, is_paused: bool) -> list[str]:
    """Return phrases about the last round, the most important first.

    Args:
        last: the last round that was read; None if there is none yet.
        visible: the round on the screen.
        age_seconds: time since the end of the last round.
        is_paused: true if the screen stays while rounds go on being read.
    """
    if last is None or visible is None:
        return ["reading the first round"]
    phrases = [f"round {last.number:,} at {last.ended_at:%H:%M:%S}"]
    if is_paused:
        phrases.insert(0, f"paused at round {visible.number:,}")
    if age_seconds >= 1:
        phrases.append(f"{int(age_seconds):,} s ago")
    if not last.tables:
        phrases.append("failed")
    return phrases


def describe_filter(text: str, count: int, total: int) -> str:
    """Return a phrase about a filter, and how many of the rows it leaves."""
    short = text if len(text) <= MAX_FILTER_CHARS else f"{text[:MAX_FILTER_CHARS]}…"
    return f"/{short}: {count:,} of {count_things(total, 'row', 'rows')}"


def describe_order(heading: str | None, *, is_reversed: bool) -> str:
    """Return a phrase about the order of rows."""
    if heading is None:
        return "by change, oldest first" if is_reversed else "by change"
    return f"by {heading}{', descending' if is_reversed else ''}"
