"""Facts of Unix sockets."""

from netstat_parse.grammar import Columns, Section

SOCKET_FLAGS = {"ACC": "accept", "W": "wait_data", "N": "no_space"}


def split_process(columns: Columns, _section: Section) -> None:
    """Split PID and program, which share one column."""
    cells = columns.pop("process", None)
    if cells is not None:
        parts = [(cell or "").partition("/") for cell in cells]
        columns["pid"] = [int(pid) if slash else None for pid, slash, _ in parts]
        columns["program"] = [program.rstrip() if slash else None for _, slash, program in parts]


def name_socket_flags(columns: Columns, _section: Section) -> None:
    """Replace each column of flags by the schema's words."""
    columns["flags"] = [
        [SOCKET_FLAGS[flag] for flag in text[1:-1].split() if flag in SOCKET_FLAGS] for text in columns["flags"]
    ]
