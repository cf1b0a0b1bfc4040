"""The diagnostics of a dump, as tests compare them."""

from netstat_parse import Dump


def lines_and_codes(dump: Dump) -> list[tuple[int | None, str]]:
    """Return the line and the code of each diagnostic."""
    return [(diagnostic.line, diagnostic.code) for diagnostic in dump.diagnostics]
