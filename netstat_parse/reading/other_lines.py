"""Account for lines that another system's netstat printed."""

from netstat_parse.reading.reader_state import ReaderState
from netstat_parse.reading.recognizer import TextLine
from netstat_parse.systems.others import OtherOutput


def is_within_other(state: ReaderState) -> bool:
    """True right below the output of another system."""
    if state.others.current is None or state.is_apart or state.section or state.title:
        return False
    return state.others.is_near(state.account.number)


def pass_other(state: ReaderState, line: TextLine, *, within: bool = False) -> bool:
    """Account for a line of another system's netstat; return false if it is none.

    Args:
        line: the line.
        within: accept only a line that is right below such an output, whose lines win over headings.
    """
    if within and not is_within_other(state):
        return False
    output = state.recognizer.by_other_system(line.printed, state.account.text_above, state.section, within=within)
    if output is None:
        return False
    enter_other(state, line.text, output, within=within)
    return True


def is_other(state: ReaderState, line: TextLine) -> bool:
    """Return whether another system's netstat printed the line."""
    above = state.account.text_above
    return is_within_other(state) or state.recognizer.by_other_system(line.printed, above, None) is not None


def enter_other(state: ReaderState, text: str, output: OtherOutput, *, within: bool = False) -> None:
    """Account for the current line, which another system's netstat printed: it ends the snapshot."""
    account = state.account
    state.title.end()  # it is the title of that output
    state.end_section()
    if not state.others.extend(output, account.number, within=within):
        state.end_other()
        state.snapshots.pass_command(None)
        state.others.begin(output, account.number, account.original(text))
    account.count_other()
    state.is_apart = False


def may_end_other(state: ReaderState, line: TextLine) -> bool:
    """Return whether a line below another output may belong to a table of ours."""
    state.is_apart = not line.text[0].isspace() and line.text.rstrip().endswith(":")  # as titles of counters do
    row = None if state.is_apart else state.recognizer.by_row(line.printed, state.title.matches)
    return state.is_apart or (row is not None and row.table.kind in {"connections", "unix_sockets"})
