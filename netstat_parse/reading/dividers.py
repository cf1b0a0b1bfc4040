"""Account for lines between tables: blank lines, command lines, rulers and banners."""

from netstat_parse.logs.line_kinds import LineKind, find_command_line
from netstat_parse.reading.reader_state import ReaderState
from netstat_parse.reading.recognizer import TextLine

MIN_BANNER_HEADINGS = 4
"""Number of words of a line that may be headings between rulers: ``### Proto Recv-Q ... ###``."""


def pass_blank(state: ReaderState) -> None:
    """Account for a blank line: what follows may be another table."""
    state.account.count("blank")
    state.is_apart = True
    if state.frames.is_below_ruler:
        state.settle("foreign")
        state.frames.pass_blank()


def is_table_line(state: ReaderState, line: TextLine) -> bool:
    """Return whether a line that looks like a divider is a row or headings, which win."""
    if state.title and line.has_digit and line.kind is not LineKind.FRAME:
        return state.recognizer.by_row(line.printed, state.title.matches) is not None
    may_be_headings = line.kind is LineKind.BANNER and len(line.text.split()) >= MIN_BANNER_HEADINGS
    return may_be_headings and state.recognizer.by_headings(line, state.title.matches) is not None


def pass_divider(state: ReaderState, line: TextLine) -> None:
    """Account for a line that is never part of a table, except for rulers around and within it."""
    state.snapshots.timestamps.observe(state.account.original(line.text), state.account.number)
    kind = line.kind
    if kind is LineKind.FRAME and (state.frames.is_framed or state.section is None):
        pass_frame(state, line.text)
        return
    if kind is LineKind.COMMAND:
        pass_command(state, line.text)
        return
    is_ruler, section = kind in {LineKind.RULER, LineKind.FRAME}, state.section
    is_below_headings = is_ruler and section is not None and section.header and not section.rows
    state.account.count("headings" if is_below_headings else "foreign")
    if kind is LineKind.BANNER:
        state.is_apart = True


def pass_command(state: ReaderState, text: str) -> None:
    """Account for a command line; a title whose line break was lost may follow it."""
    state.end_section()
    state.end_other()
    found = find_command_line(text)
    state.snapshots.pass_command(found.netstat_command if found else None)
    behind = found.text_behind if found else ""
    line = state.recognizer.examine(behind)
    if behind and (titles := line.titles or state.recognizer.by_translated_title(line)):
        state.begin_title(titles, behind)
    else:
        state.account.count("foreign")


def pass_frame(state: ReaderState, text: str) -> None:
    """Account for a ruler of Windows: it ends the table above it, and one line between two rulers is a title."""
    account = state.account
    if state.is_apart and not account.pending_count and state.title.line != account.line - 1:
        state.end_section()  # no table continues after a blank line and a ruler
        state.frames.leave()
    if state.section is None and not state.frames.is_framed:
        account.settle_text_above_frame()
    account.hold(text, is_frame=True)
    if state.frames.is_framed:
        account.settle("headings")
        state.section = None
        state.snapshots.extend_to(account.number)
    state.frames.pass_ruler()
