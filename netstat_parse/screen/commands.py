"""Keys of the screen: the one list of which its bindings, its last line and its help are made."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """A command with its keys."""

    actions: Mapping[str, str]
    """The action of each key, or of several with a comma between them, in the words of textual."""
    help: str
    """Description, in lines of at most 40 characters."""
    label: str = ""
    """The first key and a word for the last line; empty for a command that is not there."""
    is_immediate: bool = False
    """True to act before the keys after it: they may find the focus elsewhere, or mean a letter."""


COMMANDS: Sequence[Command] = (
    Command({"q": "quit"}, "q, ctrl-c: quit", "q quit"),
    Command({"ctrl+c,ctrl+q": "quit"}, "", is_immediate=True),
    Command({"ctrl+z": "suspend_process"}, ""),
    Command({"question_mark,h": "help"}, "?: this help", "? help"),
    Command(
        {"slash": "filter", "enter": "keep_filter", "escape": "clear_filter"},
        "/: rows that contain these words\n   enter keeps the filter, esc ends it",
        "/ filter",
        is_immediate=True,
    ),
    Command(
        {"s": "sort"},
        "s: sort by the next column, at last by\n   change: highest rates first, then\n   what changed last",
        "s sort",
    ),
    Command({"space,p": "pause"}, "space, p: pause the screen, not netstat", "space pause"),
    Command(
        {"tab": "next_table(1)", "shift+tab": "next_table(-1)"},
        "tab, shift-tab, 1-9: choose a table",
        "tab table",
        is_immediate=True,
    ),
    Command({str(number): f"choose_table({number - 1})" for number in range(1, 10)}, ""),
    Command({"r": "reverse"}, "r: reverse the order", "r reverse"),
)
"""Commands, the most important first. `RowsView` has those that move its cursor."""

HELP = "\n".join(
    [
        *(command.help for command in COMMANDS if command.help),
        "arrows, PgUp, PgDn, Home, End: move",
        "click: table, row, column to sort by",
        "+ new, - gone, ~ changed in this round",
        "the cursor follows its record; on the\nfirst row it stays",
    ]
)
