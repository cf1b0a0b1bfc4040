"""Account for text that is neither divider, title, headings nor row: a message, a damaged row, or foreign text."""

from netstat_parse.grammar import Section
from netstat_parse.logs.messages import parse_message
from netstat_parse.reading.anchors import may_be_ours
from netstat_parse.reading.diagnostics import UNPARSED, LineFault, diagnose_row
from netstat_parse.reading.line_account import MAX_PENDING_LINES
from netstat_parse.reading.reader_state import ReaderState
from netstat_parse.reading.resemblance import is_nearly, resembles
from netstat_parse.reading.skipped_text import MAX_HEADING_LINES


def pass_text(state: ReaderState, text: str) -> None:
    """Account for a line that is neither divider, title, headings nor row."""
    account = state.account
    state.snapshots.timestamps.observe(account.original(text), account.number)
    if (message := parse_message(text)) is not None:
        account.report_message(text, message)
    elif state.section and (fault := find_fault(state, state.section, text)):
        state.settle("unparsed")
        account.count("unparsed")
        account.report(account.line, text, fault)
        state.damaged_line = account.line
    else:
        if state.section is None:
            note_possible_row(state, text)
        state.snapshots.pass_text(text)
        state.is_below_text = not state.is_below_text or state.sieve.may_be_netstat(text)
        account.hold(text, fault=find_possible_fault(state, state.section, text) if state.section else None)
        if account.pending_count > MAX_PENDING_LINES:
            state.report_unread_table()
            state.settle("foreign", keep=MAX_HEADING_LINES)
            state.section = None
            state.end_empty_title()
            state.frames.pass_blank()  # nothing more belongs to a ruler above


def note_possible_row(state: ReaderState, text: str) -> None:
    """Note a line outside tables that looks like a row, to report it if it turns out to be foreign."""
    anchor = state.anchors.find(text)
    if anchor and anchor.kind == "row" and may_be_ours(text, anchor):
        state.account.note_possible_row(text, anchor.start)


def find_fault(state: ReaderState, section: Section, text: str) -> LineFault | None:
    """Find the fault of a line that resembles a row of the section too closely to be other text."""
    row = state.row or section.table.typical_row
    above = section.header, state.row
    return diagnose_row(section.table, text, above=above) or (UNPARSED if is_nearly(text, row) else None)


def find_possible_fault(state: ReaderState, section: Section, text: str) -> LineFault | None:
    """Find the fault of a line that is a damaged row if a row follows right below it."""
    if (fault := diagnose_row(section.table, text, 1, (section.header, state.row))) is not None:
        return fault
    is_rest = state.damaged_line == state.account.line - 1
    return UNPARSED if state.row and (is_rest or resembles(text, state.row)) else None
