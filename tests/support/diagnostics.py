"""The diagnostics of a document, in short."""

from netstat_parse.schema import Dump


def list_diagnostics(dump: Dump) -> list[tuple[int | None, str]]:
    """Return the line and the code of each diagnostic."""
    return [(diagnostic.line, diagnostic.code) for diagnostic in dump.diagnostics]
