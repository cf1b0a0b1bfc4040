"""Open the section of a table, by its headings, its first row, a block of counters, or the first counter."""

from netstat_parse.reading.reader_state import ReaderState
from netstat_parse.reading.recognizer import BlockMatch, CountersMatch, HeadingsMatch, RowMatch


def open_headings(state: ReaderState, match: HeadingsMatch, header: str) -> None:
    """Open the section of a table that begins with headings."""
    state.settle("foreign")
    number, languages = state.end_title(match.title)
    state.open_section(match, match.table.name, number, (*match.languages, *languages), header=header)
    state.account.count("headings")
    state.is_apart = False
    state.snapshots.extend_to(state.account.number)


def open_row(state: ReaderState, match: RowMatch) -> None:
    """Open the section of a table whose first row is the current line."""
    is_printed = bool(state.title) or (state.frames.is_after_ruler and match.table.framed)
    number, languages = state.end_title(match.title)
    state.account.settle_damaged(match.table)
    if match.table.framed:
        number = min(number, state.account.first_open_number)
        state.account.settle("headings")
    state.open_section(match, match.table.name, number, languages, is_printed=is_printed)


def open_block(state: ReaderState, match: BlockMatch) -> None:
    """Open the section of a block of counters, whose title and headings are the last pending lines."""
    number, _ = state.end_title(None)
    state.account.settle("foreign", keep=match.heading_lines)
    if match.heading_lines:
        number = min(number, state.account.first_open_number)
        state.account.settle("headings")
    state.open_section(match, match.table.name, number)


def open_counters(state: ReaderState, match: CountersMatch) -> None:
    """Open the section of a text of counters, whose title is the last pending line."""
    title = state.account.pop_title()
    state.end_section()
    state.is_apart = False
    state.open_section(match, match.title, state.account.numbers.of(title.line), header=title.text)
