"""The command line ``netstat-parse``.

In: command-line arguments.
Out: an exit status; the records go to standard output or to a file.
Public verb: `cli.main`.
"""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    from netstat_parse.cli.command import main as run

    return run(arguments)
